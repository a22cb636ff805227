import { MedRoundsError } from "#contracts";
import type { SourceDocument } from "../document.ts";
import { type DocumentFormat, itemOf } from "./format.ts";
import { childrenOf, type Element, findElement, inlineText } from "./markup.ts";
import { rowDocument, withoutText } from "./row.ts";
import { createTextBuilder } from "./text-builder.ts";
import { xmlRecords } from "./xml-records.ts";

/**
 * PubMed's XML (`PubmedArticleSet`, also of books): a document an article, its text the abstract, under the labels of its parts. An article
 * without an abstract has its title as text, as MedRAG has it. Articles are read one at a time.
 */
export const pubmed: DocumentFormat = {
  name: "pubmed",
  extensions: [".xml"],
  recognizes: (head) => /<(?:PubmedArticleSet|PubmedArticle|PubmedBookArticle)[\s>]/.test(head),
  async *read({ pieces }) {
    let count = 0;
    for await (const { element, line, bytes } of xmlRecords(pieces, ["PubmedArticle", "PubmedBookArticle"])) {
      count++;
      yield { line, bytes, ...itemOf(() => readArticle(element, line)) };
    }
    if (count === 0) throw new MedRoundsError("file-without-text", "The XML holds no article of PubMed.");
  },
};

function readArticle(record: Element, line: number): SourceDocument {
  const citation = findElement(record, "MedlineCitation") ?? findElement(record, "BookDocument");
  const article = findElement(citation, "Article") ?? citation;
  const id = inlineText(findElement(citation, "PMID"));
  if (!/^\d+$/.test(id)) {
    throw new MedRoundsError("row-invalid", `The article at line ${line} has no PMID.`, {
      line,
      field: "PMID",
    });
  }
  const title = inlineText(findElement(article, "ArticleTitle"));
  const builder = createTextBuilder();
  for (const part of childrenOf(findElement(article, "Abstract"), "AbstractText")) {
    builder.heading(1, part.attributes.Label ?? "");
    builder.paragraph(inlineText(part));
  }
  const { text, sections } = builder.build();
  if (sections.length === 0 && title === "") throw withoutText({ id });
  return rowDocument({
    row: { id, url: `https://pubmed.ncbi.nlm.nih.gov/${id}/` },
    title: title || undefined,
    ...(sections.length > 0 ? { text, sections } : { text: title }),
    consumed: [],
    metadata: metadataOf({ record, citation, article }),
  });
}

function metadataOf(parts: {
  record: Element;
  citation: Element | undefined;
  article: Element | undefined;
}): Record<string, unknown> {
  const { record, citation, article } = parts;
  const journal = findElement(article, "Journal");
  const date = findElement(journal, "JournalIssue", "PubDate");
  const year = /\d{4}/.exec(inlineText(findElement(date, "Year") ?? findElement(date, "MedlineDate")))?.[0];
  const ids = childrenOf(findElement(record, "PubmedData", "ArticleIdList"), "ArticleId");
  const doi = inlineText(ids.find(({ attributes }) => attributes.IdType === "doi"));
  const headings = childrenOf(findElement(citation, "MeshHeadingList"), "MeshHeading");
  const mesh = headings.map((heading) => inlineText(findElement(heading, "DescriptorName"))).filter(Boolean);
  return {
    ...(journal ? { journal: inlineText(findElement(journal, "Title")) } : {}),
    ...(year ? { year } : {}),
    ...(doi ? { doi } : {}),
    ...(mesh.length > 0 ? { mesh } : {}),
  };
}
