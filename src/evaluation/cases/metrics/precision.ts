import { anyOverlap, type CaseMetricFamily, countFrom } from "../case-metric.ts";

/**
 * Precision at 1, 5 and 10: share of the first k cases that share a label with the query, 0 to 1. A place that nothing took is a miss.
 * Over "relevant" the divisor is min(k, relevant cases), as in Denner et al. 2025, so that 1 can be reached for a label with few cases.
 * Undefined where no case of the library is relevant.
 */
export const precision: CaseMetricFamily = ({ precisionOver }) =>
  [1, 5, 10].map((k) => ({
    name: `P@${k}`,
    byClass: `P@${k} by class`,
    type: "ranking",
    score({ overlaps, possible }) {
      const relevant = countFrom(possible, anyOverlap);
      if (relevant === 0) return undefined;
      const found = overlaps.subarray(0, k).filter((overlap) => overlap >= anyOverlap).length;
      return found / (precisionOver === "k" ? k : Math.min(k, relevant));
    },
  }));
