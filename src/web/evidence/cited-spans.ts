import type { Citation, Evidence } from "#contracts";
import type { Span } from "./marked-text.ts";

/** What the answer cites of a piece of evidence: offsets into its text. */
export function spansOf({ number }: Pick<Evidence, "number">, citations: readonly Citation[]): Span[] {
  return citations
    .flatMap(({ evidence, start, end }) =>
      evidence === number && start !== null && end !== null ? [{ start, end }] : [],
    )
    .sort((one, other) => one.start - other.start);
}
