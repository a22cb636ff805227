import { type Span, trimSpan } from "../span.ts";
import type { Chunking } from "./chunking.ts";

/** Characters below which a paragraph joins the passage before it. */
const short = 200;
/** Characters that a joined passage stays below. */
const limit = 1000;

/**
 * How MedRAG cut StatPearls (Xiong et al. 2024, findings-acl.372): a passage a paragraph of a section. A paragraph of fewer than 200
 * characters joins the one before it where the two have fewer than 1,000; a list joins what is before it within that limit, else is one
 * passage where it alone keeps to it, else a passage an item. A longer paragraph is not cut.
 */
export const medragStatpearls: Chunking = {
  name: "medrag-statpearls",
  cut: ({ text, sections }) =>
    sections.flatMap((section) =>
      cutSection(text, section).map((span) => ({ ...span, headings: section.headings })),
    ),
};

/** `length` is that of the passage as MedRAG writes it: its parts without their marks, a space between two. */
type Growing = Span & { length: number };

function cutSection(text: string, section: Span): Span[] {
  const passages: Span[] = [];
  let last: Growing | null = null;
  for (const block of blocks(text, section)) {
    const items = listItems(text, block);
    const length = items ? joinedLength(items) : block.end - block.start;
    const joins: boolean =
      last !== null && (items !== null || length < short) && last.length + length < limit;
    if (last && joins) {
      last.end = block.end;
      last.length += 1 + length;
    } else if (items && length >= limit) {
      passages.push(...items);
      last = null;
    } else {
      last = { ...block, length };
      passages.push(last);
    }
  }
  return passages.map(({ start, end }) => ({ start, end }));
}

function blocks(text: string, section: Span): Span[] {
  return pieces(text, section, /\r?\n[^\S\n]*\r?\n\s*/g);
}

/** The items of a list without their marks; null for a block that does not begin with one. */
function listItems(text: string, block: Span): Span[] | null {
  const mark = /^[^\S\n]*(?:[-*+•]|\d{1,3}[.)])[^\S\n]+/;
  if (!mark.test(text.slice(block.start, block.end))) return null;
  return pieces(text, block, /\n(?=[^\S\n]*(?:[-*+•]|\d{1,3}[.)])[^\S\n])/g).map((item) => {
    const marked = mark.exec(text.slice(item.start, item.end))?.[0].length ?? 0;
    return trimSpan(text, { start: item.start + marked, end: item.end });
  });
}

function joinedLength(items: readonly Span[]): number {
  return items.reduce((sum, item) => sum + item.end - item.start, items.length - 1);
}

/** The parts of a span between the matches of a separator, without whitespace at their ends, none empty. */
function pieces(text: string, span: Span, separator: RegExp): Span[] {
  const content = text.slice(span.start, span.end);
  const matches = Array.from(content.matchAll(separator), ({ index, 0: match }) => ({
    start: span.start + index,
    end: span.start + index + match.length,
  }));
  const starts = [span.start, ...matches.map((match) => match.end)];
  const ends = [...matches.map((match) => match.start), span.end];
  return starts
    .map((start, index) => trimSpan(text, { start, end: ends[index] ?? span.end }))
    .filter(({ start, end }) => end > start);
}
