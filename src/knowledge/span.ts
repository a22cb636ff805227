/** A range of characters (UTF-16 code units) of a text, `start` inclusive, `end` exclusive. */
export type Span = { start: number; end: number };

/** The span without the whitespace at its two ends; an empty span where it holds nothing else. */
export function trimSpan(text: string, span: Span): Span {
  const piece = text.slice(span.start, span.end);
  const start = span.end - piece.trimStart().length;
  return { start, end: Math.max(start, span.start + piece.trimEnd().length) };
}
