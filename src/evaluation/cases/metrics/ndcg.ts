import type { CaseMetricFamily } from "../case-metric.ts";

const cutoff = 10;

/**
 * Normalized discounted cumulative gain at 10, 0 to 1: Σ (2^overlap − 1) / log2(rank + 1) by label overlap, divided by that sum for the
 * best order of the whole library (Järvelin and Kekäläinen 2002, doi 10.1145/582415.582418; the gain of Burges et al. 2005, doi
 * 10.1145/1102351.1102363). Undefined where no case is relevant.
 */
export const ndcg: CaseMetricFamily = () => [
  {
    name: "nDCG@10",
    byClass: "nDCG@10 by class",
    type: "ranking",
    score({ overlaps, possible }) {
      const best = discountedGain(possible);
      return best === 0 ? undefined : discountedGain(overlaps) / best;
    },
  },
];

function discountedGain(overlaps: Float64Array): number {
  return overlaps
    .subarray(0, cutoff)
    .reduce((sum, overlap, index) => sum + (2 ** overlap - 1) / Math.log2(index + 2), 0);
}
