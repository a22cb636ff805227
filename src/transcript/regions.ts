import type { Transcript } from "#contracts";

/** A stretch of one author. What the environment wrote is a retrieve block where its kind is not told, as in rounds of before. */
export type Region =
  | { origin: "model"; start: number; end: number }
  | { origin: "environment"; kind: "retrieve" | "hint" | "demand"; start: number; end: number };

/** The text as regions in order; spans that overlap, lie outside or hold no number are taken for what they can mean. */
export function regionsOf({ text, environment }: Transcript): Region[] {
  const regions: Region[] = [];
  let position = 0;
  for (const span of environment.toSorted((a, b) => a.start - b.start)) {
    const start = Math.max(span.start, position);
    const end = Math.min(span.end, text.length);
    if (!(start < end)) continue;
    if (position < start) regions.push({ origin: "model", start: position, end: start });
    regions.push({ origin: "environment", kind: span.kind ?? "retrieve", start, end });
    position = end;
  }
  if (position < text.length) regions.push({ origin: "model", start: position, end: text.length });
  return regions;
}
