import type { Span } from "../span.ts";

/** The spans in order, each joined to the one before it where `joins` says so. */
export function joinSpans(spans: readonly Span[], joins: (last: Span, next: Span) => boolean): Span[] {
  const result: Span[] = [];
  for (const next of spans) {
    const last = result.at(-1);
    if (last && joins(last, next)) last.end = next.end;
    else result.push({ ...next });
  }
  return result;
}

/** Characters of a span. */
export function spanLength(span: Span): number {
  return span.end - span.start;
}
