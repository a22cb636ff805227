import { MedRoundsError } from "#contracts";
import type { SourceDocument } from "../document.ts";
import { wholeContent } from "./content.ts";
import { declaredEncoding } from "./decode-pieces.ts";
import { type DocumentFormat, itemOf } from "./format.ts";
import type { HtmlPage } from "./html-page.ts";
import { addBlocks, type Vocabulary } from "./markup-blocks.ts";
import { rowDocument } from "./row.ts";
import { createTextBuilder } from "./text-builder.ts";

const sizeLimit = 16 * 1024 * 1024;

/**
 * A page of HTML: one document, its main text as Readability finds it, under its headings. Scripts, navigation and what is hidden in the page
 * itself (by attribute or inline style) are left out.
 */
export const html: DocumentFormat = {
  name: "html",
  extensions: [".html", ".htm", ".xhtml"],
  recognizes: (head) =>
    /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)?<(?:!doctype html|html)[\s>]/i.test(head),
  async *read(file) {
    const text = decode(await wholeContent(file, sizeLimit));
    const { readHtmlPage } = await import("./html-page.ts");
    yield itemOf(() => pageDocument(file.name, readHtmlPage(text)));
  },
};

function decode(content: Uint8Array): string {
  try {
    const text = new TextDecoder(declaredEncoding(content), { fatal: true }).decode(content);
    if (!text.includes("\0")) return text;
  } catch {
    // Reported below.
  }
  throw new MedRoundsError(
    "file-not-text",
    "The page is not text in the encoding that it declares, or in UTF-8.",
  );
}

const vocabulary: Vocabulary = {
  skipped: new Set([
    "nav",
    "footer",
    "aside",
    "figure",
    "img",
    "picture",
    "video",
    "audio",
    "canvas",
    "head",
    "title",
  ]),
  blocks: new Set([
    ...[
      "html",
      "body",
      "main",
      "article",
      "section",
      "div",
      "header",
      "hgroup",
      "p",
      "blockquote",
      "pre",
      "address",
    ],
    ...["figcaption", "details", "summary", "form", "fieldset", "center", "hr", "br"],
  ]),
  sections: new Set(),
  lists: new Set(["ul", "ol", "menu", "dl"]),
  items: new Set(["li"]),
  headingLevel: ({ name }) => (/^h[1-6]$/.test(name) ? Number(name[1]) : undefined),
};

/** A page as a document; its id is the name that it is given. */
export function pageDocument(name: string, page: HtmlPage): SourceDocument {
  const { title, url, licence, metadata } = page;
  const builder = createTextBuilder();
  addBlocks({ element: page.content, builder, vocabulary });
  const { text, sections } = builder.build();
  return rowDocument({
    row: { id: name, ...(licence ? { licence } : {}), ...(url ? { url } : {}) },
    text,
    sections,
    title: title || name.split("/").at(-1),
    consumed: [],
    metadata,
  });
}
