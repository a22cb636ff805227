import type { Metric } from "../metric.ts";

/**
 * Normalized discounted cumulative gain at 10: Σ (2^grade − 1) / log2(rank + 1) over the ranks, divided by that sum for the best
 * order of the judged documents (Burges et al. 2005, doi 10.1145/1102351.1102363). With grades 0 and 1 it equals trec_eval's
 * `ndcg_cut`, whose gain is the grade itself; with higher grades it differs. 0 where no document is relevant.
 */
export const ndcg: Metric = {
  name: "nDCG",
  cutoff: 10,
  score({ documents, judgments, cutoff }) {
    const ideal = [...judgments.values()].sort((a, b) => b - a);
    const best = discountedGain(ideal.slice(0, cutoff));
    if (best === 0) return 0;
    return discountedGain(documents.slice(0, cutoff).map((document) => judgments.get(document) ?? 0)) / best;
  },
};

function discountedGain(grades: readonly number[]): number {
  return grades.reduce((sum, grade, index) => sum + (2 ** Math.max(0, grade) - 1) / Math.log2(index + 2), 0);
}
