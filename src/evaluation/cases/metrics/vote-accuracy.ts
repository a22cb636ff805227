import type { CaseMetricFamily } from "../case-metric.ts";
import { vote } from "../vote.ts";

/**
 * 1 where the majority of the first k neighbors has the query's class, else 0. Its mean is the accuracy; by class it is the balanced
 * accuracy, the mean of the recalls (Brodersen et al. 2010, doi 10.1109/ICPR.2010.764). A query without a vote is wrong. Undefined for a
 * query without a class.
 */
export const voteAccuracy: CaseMetricFamily = ({ votes }) =>
  votes.map((k) => ({
    name: `accuracy@${k}`,
    byClass: `balanced accuracy@${k}`,
    type: "vote",
    score({ class: actual, neighbors }) {
      if (actual === undefined) return undefined;
      return vote(neighbors, k) === actual ? 1 : 0;
    },
  }));
