import type { Overlap } from "./overlap-index.ts";

/** A run of this many words is a leak by itself, as in the contamination studies since GPT-3 (Brown et al. 2020, appendix C). */
const leakingRun = 13;

export type LeakReason = "contained" | "13-gram" | "n-gram-share" | "near-duplicate";

/**
 * Why an overlap is a leak, by the strongest reason; null where it is none. `maximum` (0 to 1) is the share of a question's
 * words in shared n-grams, and the similarity, up to which an overlap is let pass.
 */
export function leakReason(overlap: Overlap, maximum: number): LeakReason | null {
  if (overlap.contained) return "contained";
  if (overlap.longestRun >= leakingRun) return "13-gram";
  if (overlap.covered > maximum) return "n-gram-share";
  return overlap.similarity > maximum ? "near-duplicate" : null;
}
