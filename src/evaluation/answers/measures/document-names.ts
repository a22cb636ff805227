import type { Evidence } from "#contracts";

/**
 * A document's name in one spelling, so that what a question was written from is found whatever form a library keeps it in:
 * - a PMID: `123`, `pmid:123`, `PMID 123`, `pubmedqa-123`, or an address that ends with it, as `https://pubmed.ncbi.nlm.nih.gov/123/`
 * - an article of PubMed Central: `PMC123`, alone or at the end of an address
 * - a DOI: alone, behind `doi:`, or in an address
 * - anything else: itself, in small letters
 *
 * A bare number is a PMID: documents that are numbered otherwise must not be called by their numbers alone.
 */
export function documentName(written: string): string {
  const name = written.trim().toLowerCase();
  const doi = /10\.\d{4,9}\/\S+/.exec(name)?.[0];
  if (doi) return `doi:${doi}`;
  return /(?:^|[/:\s]|(?:pmid|pubmed|pubmedqa)[-_]?)((?:pmc)?\d+)\/?$/.exec(name)?.[1] ?? name;
}

/** All names of the document that evidence is of: its id, its address, and what its metadata say; none where it is of no document. */
export function documentNames(evidence: Evidence): string[] {
  if (evidence.type === "page") return [documentName(evidence.page.url)];
  if (evidence.type !== "passage") return [];
  const { source, url, metadata } = evidence.passage;
  return [source.document, url, ...["pmid", "PMID", "pmcid", "doi"].map((field) => metadata[field])]
    .filter((name) => typeof name === "string" || typeof name === "number")
    .map((name) => documentName(String(name)));
}
