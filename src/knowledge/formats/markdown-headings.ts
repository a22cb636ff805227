import type { Heading } from "./headings.ts";
import { type Line, lines } from "./lines.ts";

const fence = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
const comment = /^ {0,3}<!--/;
const setextUnderline = /^ {0,3}(=+|-+)[ \t]*$/;
const thematicBreak = /^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/;
/** Indented code, quote, list item, table row, HTML: a line that begins no paragraph, and so can't be a setext heading. */
const noParagraph = /^(?: {4}| {0,3}(?:\t|[>|<]|[-+*](?:[ \t]|$)|\d{1,9}[.)](?:[ \t]|$)))/;

/**
 * The ATX and setext headings of a Markdown text (CommonMark 0.31.2, sections 4.2 and 4.3), in order, each with its lines; not those in fenced code
 * or HTML comments. Unlike CommonMark, a setext heading has one line: a longer paragraph above `---` stays text.
 */
export function findHeadings(text: string, from: number): Heading[] {
  const headings: Heading[] = [];
  /** Tells whether a line closes the fence or comment that is open. */
  let closes: ((line: string) => boolean) | null = null;
  /** A paragraph's only line so far: a setext heading, should an underline follow. */
  let candidate: Line | null = null;
  let inBlock = false;

  for (const line of lines(text, from)) {
    if (closes) {
      if (closes(line.text)) closes = null;
      continue;
    }
    closes = opening(line.text);
    const level = closes ? 0 : atxLevel(line.text);
    const underline = setextUnderline.exec(line.text)?.[1];
    const setext: Line | null = underline ? candidate : null;
    if (level > 0) {
      headings.push({ level, text: atxText(line.text), start: line.start, end: line.next });
    } else if (setext) {
      const setextLevel = underline?.startsWith("=") ? 1 : 2;
      headings.push({ level: setextLevel, text: setext.text.trim(), start: setext.start, end: line.next });
    }
    const ordinary: boolean =
      !closes && !level && !setext && !thematicBreak.test(line.text) && line.text.trim() !== "";
    candidate = ordinary && !inBlock && !noParagraph.test(line.text) ? line : null;
    inBlock = ordinary;
  }
  return headings;
}

function opening(line: string): ((line: string) => boolean) | null {
  const marker = fence.exec(line)?.[1];
  if (marker) {
    return (later) => {
      const closing = later.trim();
      return closing.length >= marker.length && closing === marker.charAt(0).repeat(closing.length);
    };
  }
  return comment.test(line) && !line.includes("-->") ? (later) => later.includes("-->") : null;
}

function atxLevel(line: string): number {
  return /^ {0,3}(#{1,6})(?:[ \t]|$)/.exec(line)?.[1]?.length ?? 0;
}

/** The heading without its opening and closing `#`; a closing sequence stands after a space. */
function atxText(line: string): string {
  const content = line.trim().replace(/^#+/, "").trim();
  let end = content.length;
  while (content.charAt(end - 1) === "#") end -= 1;
  return end === 0 || /\s/.test(content.charAt(end - 1)) ? content.slice(0, end).trim() : content;
}
