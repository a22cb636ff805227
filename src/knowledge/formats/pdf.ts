import { MedRoundsError } from "#contracts";
import type { Section, SourceDocument } from "../document.ts";
import { wholeContent } from "./content.ts";
import { type DocumentFormat, itemOf } from "./format.ts";
import type { PdfContent } from "./pdf-content.ts";
import { rowDocument } from "./row.ts";

const sizeLimit = 256 * 1024 * 1024;

/**
 * The text of a PDF: one document, a section a page under the heading `page N`, pages counted from 1. Pictures of pages are not read: a
 * PDF without text is refused. `metadata.pages` counts the pages, `metadata.pagesWithoutText` lists those that gave none.
 */
export const pdf: DocumentFormat = {
  name: "pdf",
  extensions: [".pdf"],
  recognizes: (head) => head.startsWith("%PDF-"),
  async *read(file) {
    const bytes = await wholeContent(file, sizeLimit);
    const { readPdfContent } = await import("./pdf-content.ts");
    const content = await readPdfContent(bytes);
    yield itemOf(() => pdfDocument(file.name, content));
  },
};

function pdfDocument(name: string, { title, pages }: PdfContent): SourceDocument {
  const sections: Section[] = [];
  let text = "";
  pages.forEach((page, index) => {
    if (page === "") return;
    if (text !== "") text += "\n\n";
    sections.push({ headings: [`page ${index + 1}`], start: text.length, end: text.length + page.length });
    text += page;
  });
  if (text === "")
    throw new MedRoundsError("file-without-text", "The PDF holds no text, only pictures or nothing.");
  const empty = pages.flatMap((page, index) => (page === "" ? [index + 1] : []));
  return rowDocument({
    row: { id: name },
    text,
    sections,
    title: title || name.split("/").at(-1),
    consumed: [],
    metadata: { pages: pages.length, ...(empty.length > 0 ? { pagesWithoutText: empty } : {}) },
  });
}
