import { anyOverlap, type CaseMetricFamily, countFrom } from "../case-metric.ts";

/**
 * Average precision, 0 to 1: the precision at the rank of each relevant case, summed and divided by the number of all relevant cases of
 * the library (Buckley and Voorhees 2000, doi 10.1145/345508.345543), so that one that was not found counts as 0. Its mean over queries
 * is mAP. Relevant is what shares a label; of the second, what has the very same labels. Undefined where no case is relevant.
 */
export const averagePrecision: CaseMetricFamily = () =>
  [
    { name: "mAP", least: anyOverlap },
    { name: "mAP, same labels", least: 1 },
  ].map(({ name, least }) => ({
    name,
    byClass: `${name} by class`,
    type: "ranking",
    score({ overlaps, possible }) {
      const relevant = countFrom(possible, least);
      if (relevant === 0) return undefined;
      let found = 0;
      let sum = 0;
      for (const [index, overlap] of overlaps.entries()) {
        if (overlap < least) continue;
        found++;
        sum += found / (index + 1);
      }
      return sum / relevant;
    },
  }));
