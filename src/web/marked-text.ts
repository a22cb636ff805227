import { cut, plain } from "./plain-text.ts";

export type Span = { start: number; end: number };
export type MarkedPart = { text: string; marked: boolean };

/**
 * A text from `start` to `end` in parts, those within one of the spans marked; spans may overlap, and whatever lies outside
 * the text is cut off. Each part is shown as plain text; at most `limit` characters in all.
 */
export function markSpans(
  text: string,
  {
    spans,
    start = 0,
    end = text.length,
    limit = Infinity,
  }: { spans: readonly Span[]; limit?: number } & Partial<Span>,
): MarkedPart[] {
  const parts: MarkedPart[] = [];
  const stop = Math.min(end, text.length, start + limit);
  let position = Math.max(0, start);
  const add = (to: number, marked: boolean) => {
    if (to > position) parts.push({ text: plain(cut(text.slice(position, to), to - position)), marked });
    position = Math.max(position, to);
  };
  for (const span of spans.toSorted((one, other) => one.start - other.start)) {
    add(Math.min(span.start, stop), false);
    add(Math.min(span.end, stop), true);
  }
  add(stop, false);
  return parts;
}

/** The part of a text to show for some spans of it: around the first, `context` characters on both sides, whole words. */
export function excerptAround(text: string, spans: readonly Span[], context: number): Span {
  const first = spans[0];
  if (!first) return { start: 0, end: wordBefore(text, context * 3) };
  const start = first.start <= context ? 0 : text.indexOf(" ", first.start - context) + 1;
  const last = spans.reduce(
    (far, { end }) => (end - first.start < context * 4 ? Math.max(far, end) : far),
    first.end,
  );
  return { start: Math.min(start, first.start), end: Math.max(first.end, wordBefore(text, last + context)) };
}

function wordBefore(text: string, end: number): number {
  if (end >= text.length) return text.length;
  const space = text.lastIndexOf(" ", end);
  return space > end - 40 ? space : end;
}
