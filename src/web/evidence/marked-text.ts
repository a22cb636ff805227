import { cut, plain } from "../plain-text.ts";

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

/**
 * The part of a text to show for some spans of it, in order: around the first, `context` characters on both sides, whole words,
 * and no span cut off unless it is very long.
 */
export function excerptAround(text: string, spans: readonly Span[], context: number): Span {
  const [first] = spans;
  if (!first) return { start: 0, end: wordBefore(text, context * 3) };
  const start = first.start <= context ? 0 : text.indexOf(" ", first.start - context) + 1;
  const reach = first.start + context * 8;
  let end = wordBefore(text, first.end + context);
  for (const span of spans) {
    if (span.start < end && span.end > end) end = Math.max(end, Math.min(span.end, reach));
  }
  return { start: Math.min(start, first.start), end: Math.max(first.end, end) };
}

function wordBefore(text: string, end: number): number {
  if (end >= text.length) return text.length;
  const space = text.lastIndexOf(" ", end);
  return space > end - 40 ? space : end;
}
