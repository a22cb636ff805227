import type { Section, SourceDocument } from "./document.ts";
import { readFrontMatter } from "./front-matter.ts";
import { findHeadings, type Heading } from "./markdown-headings.ts";

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
    sections: sectionsBetween({ headings, start: frontMatter.end, end: text.length }).filter(
      (section) => text.slice(section.start, section.end).trim() !== "",
    ),
    ...(terms === undefined ? {} : { licence: terms }),
    ...(url === undefined ? {} : { url }),
    metadata: fields,
  };
}

function sectionsBetween(range: { headings: Heading[]; start: number; end: number }): Section[] {
  const sections: Section[] = [];
  let path: Heading[] = [];
  let start = range.start;
  const close = (end: number) => {
    const headings = path.map((heading) => heading.text).filter((heading) => heading !== "");
    sections.push({ headings, start, end });
  };
  for (const heading of range.headings) {
    close(heading.start);
    path = [...path.filter((outer) => outer.level < heading.level), heading];
    start = heading.end;
  }
  close(range.end);
  return sections;
}
