import { collapse, descendantsOf, type Element, elementsOf, inlineText, rawText } from "./markup.ts";
import type { TextBuilder } from "./text-builder.ts";

/** What the elements of a markup mean. */
export type Vocabulary = {
  /** Elements that are left out with all that is in them. */
  skipped: ReadonlySet<string>;
  /** Elements that hold paragraphs, lists and other blocks, or are one. Any other element is a part of a line. */
  blocks: ReadonlySet<string>;
  /** Blocks whose headings are one level below those around them. */
  sections: ReadonlySet<string>;
  lists: ReadonlySet<string>;
  items: ReadonlySet<string>;
  /** The level of a heading, else undefined. `depth` is how many sections it is in. */
  headingLevel(element: Element, depth: number): number | undefined;
};

/**
 * Adds what an element holds to a text: headings, paragraphs, lists with `- ` before each item, tables with ` | ` between their cells.
 * Recursion is as deep as the elements are, which those who read them must bound.
 */
export function addBlocks(request: {
  element: Element;
  builder: TextBuilder;
  vocabulary: Vocabulary;
  depth?: number;
}): void {
  const { element, builder, vocabulary, depth = 0 } = request;
  const { skipped, blocks, sections, lists, headingLevel } = vocabulary;
  let line = "";
  const endLine = () => {
    builder.paragraph(collapse(line));
    line = "";
  };
  for (const child of element.children) {
    if (typeof child === "string") {
      line += child;
      continue;
    }
    if (skipped.has(child.name)) continue;
    const level = headingLevel(child, depth);
    const isList = lists.has(child.name);
    if (level === undefined && !isList && child.name !== "table" && !blocks.has(child.name)) {
      line += rawText(child);
      continue;
    }
    endLine();
    if (level !== undefined) builder.heading(level, inlineText(child));
    else if (isList) builder.paragraph(listLines(child, vocabulary).join("\n"));
    else if (child.name === "table") builder.paragraph(tableLines(child).join("\n"));
    else addBlocks({ ...request, element: child, depth: depth + (sections.has(child.name) ? 1 : 0) });
  }
  endLine();
}

/** The items of a list and of those in it, each in a line. */
function listLines(list: Element, vocabulary: Vocabulary): string[] {
  const { lists, items, skipped } = vocabulary;
  const lines: string[] = [];
  for (const child of elementsOf(list)) {
    if (skipped.has(child.name)) continue;
    if (!items.has(child.name)) {
      const text = lists.has(child.name) ? "" : inlineText(child);
      lines.push(...(text === "" ? listLines(child, vocabulary) : [text]));
      continue;
    }
    const nested: Element[] = [];
    const own = inlineText(withoutLists(child, { ...vocabulary, nested }));
    if (own !== "") lines.push(`- ${own}`);
    for (const inner of nested) lines.push(...listLines(inner, vocabulary));
  }
  return lines;
}

/** The element without the lists in it, which are put into `nested`. */
function withoutLists(element: Element, request: Vocabulary & { nested: Element[] }): Element {
  const children = element.children.flatMap((child): (Element | string)[] => {
    if (typeof child === "string") return [child];
    if (request.skipped.has(child.name)) return [];
    if (!request.lists.has(child.name)) return [withoutLists(child, request)];
    request.nested.push(child);
    return [];
  });
  return { ...element, children };
}

function tableLines(table: Element): string[] {
  const rows = descendantsOf(table, "tr").map((row) =>
    elementsOf(row)
      .map(inlineText)
      .filter((cell) => cell !== "")
      .join(" | "),
  );
  const caption = inlineText(elementsOf(table).find(({ name }) => name === "caption"));
  return [caption, ...rows].filter((line) => line !== "");
}
