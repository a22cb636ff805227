import { sentences } from "#text";
import { type Span, trimSpan } from "../span.ts";

/** Longest passage, in characters. */
export const passageLimit = 1500;

/** The `\r` of a CRLF alone is no line end, else every CRLF would read as a blank line. */
const blankLines = /(?:\r\n|\n|\r(?!\n))[^\S\r\n]*[\r\n]\s*/g;
const lineEndAfterSentence = /[.!?:;]["'”’)\]]*[^\S\r\n]*[\r\n]/g;

/**
 * The paragraphs of a span, without the whitespace around them, each of at most 1,500 characters. A longer paragraph is cut
 * where a line ends with a sentence; what is still too long, at sentence ends, then at whitespace, then at the limit.
 */
export function paragraphs(text: string, span: Span): Span[] {
  return pieces(text, span, blankLines)
    .flatMap((paragraph) => cutWhereTooLong(paragraph, () => pieces(text, paragraph, lineEndAfterSentence)))
    .flatMap((lines) => cutWhereTooLong(lines, () => sentenceSpans(text, lines)))
    .flatMap((sentence) => cutWhereTooLong(sentence, () => cutAtWhitespace(text, sentence)));
}

function cutWhereTooLong(span: Span, cut: () => Span[]): Span[] {
  return span.end - span.start > passageLimit ? cut() : [span];
}

/** The span cut after each match of the separator. */
function pieces(text: string, span: Span, separator: RegExp): Span[] {
  const matches = text.slice(span.start, span.end).matchAll(separator);
  const ends = Array.from(matches, (match) => span.start + match.index + match[0].length);
  return cutAt(text, span, ends);
}

function sentenceSpans(text: string, span: Span): Span[] {
  const ends = sentences(text.slice(span.start, span.end)).map((sentence) => span.start + sentence.end);
  return cutAt(text, span, ends);
}

/** The span cut at ascending offsets, so that no character between two cuts is lost, whatever gave the offsets. */
function cutAt(text: string, span: Span, offsets: Iterable<number>): Span[] {
  const spans: Span[] = [];
  let start = span.start;
  for (const offset of [...offsets, span.end]) {
    const piece = trimSpan(text, { start, end: offset });
    if (piece.end > piece.start) spans.push(piece);
    start = offset;
  }
  return spans;
}

function cutAtWhitespace(text: string, span: Span): Span[] {
  const spans: Span[] = [];
  let rest = span;
  while (rest.end - rest.start > passageLimit) {
    const window = text.slice(rest.start, rest.start + passageLimit + 1);
    const whitespace = window.search(/\s\S*$/);
    const cut = rest.start + (whitespace > 0 ? whitespace : unbrokenLength(window));
    spans.push(trimSpan(text, { start: rest.start, end: cut }));
    rest = trimSpan(text, { start: cut, end: rest.end });
  }
  spans.push(rest);
  return spans;
}

/** The limit, or one less where a cut there would halve a surrogate pair. */
function unbrokenLength(window: string): number {
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(window.slice(-2)) ? passageLimit - 1 : passageLimit;
}
