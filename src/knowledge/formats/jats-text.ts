import type { Section } from "../document.ts";
import { childrenOf, type Element, elementsOf, findElement, inlineText } from "./markup.ts";
import { addBlocks, type Vocabulary } from "./markup-blocks.ts";
import { createTextBuilder } from "./text-builder.ts";

const subtitleLimit = 120;

const vocabulary: Vocabulary = {
  skipped: new Set([
    "ref-list",
    "fn-group",
    "sub-article",
    "response",
    "label",
    "graphic",
    "sec-meta",
    "contrib-group",
    "permissions",
    "pub-date",
    "pub-history",
    "book-part-id",
    "kwd-group",
  ]),
  blocks: new Set([
    ...[
      "abstract",
      "body",
      "sec",
      "p",
      "fig",
      "fig-group",
      "table-wrap",
      "table-wrap-group",
      "book-part",
      "book-part-meta",
      "title-group",
    ],
    ...[
      "boxed-text",
      "disp-quote",
      "disp-formula",
      "statement",
      "floats-group",
      "app",
      "app-group",
      "named-book-part-body",
    ],
    ...["supplementary-material", "table-wrap-foot", "speech", "verse-group"],
  ]),
  sections: new Set(["sec", "app", "boxed-text", "book-part"]),
  lists: new Set(["list", "def-list"]),
  items: new Set(["list-item", "def-item"]),
  headingLevel: (element, depth) => {
    if (element.name === "title") return Math.max(1, depth);
    return element.name === "p" && isSubtitle(element) ? depth + 1 : undefined;
  },
};

/** StatPearls writes subtitles as paragraphs in bold. */
function isSubtitle(paragraph: Element): boolean {
  const [only, ...others] = elementsOf(paragraph);
  const bare = paragraph.children.every((child) => typeof child !== "string" || child.trim() === "");
  return bare && others.length === 0 && only?.name === "bold" && inlineText(only).length <= subtitleLimit;
}

/** The text of an article or a book part: abstract, body, figures' captions and tables, appendices. */
export function jatsText(record: Element, meta: Element | undefined): { text: string; sections: Section[] } {
  const builder = createTextBuilder();
  const abstract = childrenOf(meta, "abstract").find(
    ({ attributes }) => attributes["abstract-type"] === undefined,
  );
  if (abstract) {
    builder.heading(1, "Abstract");
    const children = abstract.children.filter((child) => typeof child === "string" || child.name !== "title");
    addBlocks({ element: { ...abstract, children }, builder, vocabulary, depth: 1 });
  }
  const parts = [
    findElement(record, "body"),
    findElement(record, "floats-group"),
    findElement(record, "back", "app-group"),
    ...childrenOf(record, "book-part"),
  ];
  for (const part of parts) if (part) addBlocks({ element: part, builder, vocabulary });
  return builder.build();
}
