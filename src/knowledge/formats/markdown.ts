import type { SourceDocument } from "../document.ts";
import { wholeText } from "./content.ts";
import { type DocumentFormat, itemOf } from "./format.ts";
import { readFrontMatter } from "./front-matter.ts";
import { sectionsBetween } from "./headings.ts";
import { findHeadings } from "./markdown-headings.ts";

/** Markdown (CommonMark) in UTF-8: one document. */
export const markdown: DocumentFormat = {
  name: "markdown",
  extensions: [".md", ".markdown"],
  recognizes: () => false,
  async *read(file) {
    const text = await wholeText(file);
    yield itemOf(() => readMarkdown({ id: file.name, text }));
  },
};

/**
 * A Markdown text as a document with a section below each heading, under the path of headings that leads to it. The text is kept
 * as it is; heading lines and YAML front matter lie in no section. The title is the front matter's, else the first heading of
 * level 1, else the id; `licence` (or `license`) and `url` come from the front matter, whose other fields are metadata. Never throws.
 */
export function readMarkdown({ id, text }: { id: string; text: string }): SourceDocument {
  const frontMatter = readFrontMatter(text);
  const headings = findHeadings(text, frontMatter.end);
  const { title, licence, license, url, ...fields } = frontMatter.fields;
  const heading = headings.find((candidate) => candidate.level === 1 && candidate.text !== "");
  const terms = licence ?? license;
  return {
    id,
    title: title ?? heading?.text ?? id,
    text,
    sections: sectionsBetween({ text, headings, start: frontMatter.end }),
    ...(terms === undefined ? {} : { licence: terms }),
    ...(url === undefined ? {} : { url }),
    metadata: fields,
  };
}
