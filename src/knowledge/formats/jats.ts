import { MedRoundsError } from "#contracts";
import type { SourceDocument } from "../document.ts";
import { type DocumentFormat, itemOf } from "./format.ts";
import { jatsText } from "./jats-text.ts";
import { childrenOf, descendantsOf, type Element, findElement, inlineText } from "./markup.ts";
import { rowDocument, withoutText } from "./row.ts";
import { xmlRecords } from "./xml-records.ts";

const records = ["article", "book-part"];

/**
 * Articles in JATS and chapters of books in BITS (ANSI/NISO Z39.96), as PubMed Central and StatPearls have them: a document an article or
 * outermost book part, its sections under their titles; references and figures' pictures are left out. One is in memory at a time.
 */
export const jats: DocumentFormat = {
  name: "jats",
  extensions: [".nxml", ".xml"],
  recognizes: (head) => /<(?:article|book-part|book-part-wrapper|pmc-articleset|book)[\s>]/.test(head),
  async *read({ name, pieces }) {
    let count = 0;
    for await (const { element, line, bytes } of xmlRecords(pieces, records)) {
      count++;
      const fallback = count === 1 ? name : `${name}#${count}`;
      yield { line, bytes, ...itemOf(() => readPart(element, fallback)) };
    }
    if (count === 0) throw new MedRoundsError("file-without-text", "The XML holds no article or book part.");
  },
};

function readPart(record: Element, fallback: string): SourceDocument {
  const meta =
    findElement(record, "front", "article-meta") ??
    findElement(record, "front-stub") ??
    findElement(record, "book-part-meta");
  const ids = idsOf(meta);
  const id = ids.pmcid ?? ids.pmid ?? ids.doi ?? fallback;
  const titles = findElement(meta, "title-group") ?? findElement(meta);
  const title = inlineText(findElement(titles, "article-title") ?? findElement(titles, "title"));
  const { text, sections } = jatsText(record, meta);
  if (sections.length === 0 && title === "") throw withoutText({ id });
  const license = findElement(meta, "permissions", "license");
  const address = license?.attributes["xlink:href"] ?? inlineText(findElement(license, "ali:license_ref"));
  const journal = inlineText(
    descendantsOf(findElement(record, "front", "journal-meta") ?? record, "journal-title")[0],
  );
  const year = inlineText(findElement(meta, "pub-date", "year"));
  const keywords = childrenOf(meta, "kwd-group").flatMap((group) => childrenOf(group, "kwd").map(inlineText));
  return rowDocument({
    row: { id, ...(address ? { licence: address } : {}), ...addressOf(ids) },
    title: title || undefined,
    ...(sections.length > 0 ? { text, sections } : { text: title }),
    consumed: [],
    metadata: {
      ...ids,
      ...(journal ? { journal } : {}),
      ...(year ? { year } : {}),
      ...(keywords.length > 0 ? { keywords } : {}),
    },
  });
}

type Ids = { pmcid?: string; pmid?: string; doi?: string };

function idsOf(meta: Element | undefined): Ids {
  const ids: Ids = {};
  for (const element of [...childrenOf(meta, "article-id"), ...childrenOf(meta, "book-part-id")]) {
    const value = inlineText(element);
    if (value === "") continue;
    const type = element.attributes["pub-id-type"] ?? element.attributes["book-part-id-type"];
    if (type === "pmid") ids.pmid = value;
    else if (type === "doi") ids.doi = value;
    else if (type === "pmc" || type === "pmcid") ids.pmcid = /^\d/.test(value) ? `PMC${value}` : value;
  }
  return ids;
}

function addressOf({ pmcid, pmid, doi }: Ids): { url?: string } {
  if (pmcid?.startsWith("PMC"))
    return { url: `https://pmc.ncbi.nlm.nih.gov/articles/${encodeURIComponent(pmcid)}/` };
  if (pmid) return { url: `https://pubmed.ncbi.nlm.nih.gov/${encodeURIComponent(pmid)}/` };
  return doi ? { url: `https://doi.org/${encodeURI(doi)}` } : {};
}
