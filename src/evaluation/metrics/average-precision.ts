import { countRelevant, isRelevant, type Metric } from "../metric.ts";

/**
 * Average precision: the precision at the rank of each relevant document that was found, summed and divided by the number of
 * all relevant documents, so that one not found counts as 0 (trec_eval's `map_cut`). Its mean over queries is MAP.
 */
export const averagePrecision: Metric = {
  name: "MAP",
  cutoff: null,
  score({ documents, judgments, cutoff }) {
    const relevant = countRelevant(judgments);
    if (relevant === 0) return 0;
    let found = 0;
    let sum = 0;
    for (const [index, document] of documents.slice(0, cutoff).entries()) {
      if (!isRelevant(judgments, document)) continue;
      found++;
      sum += found / (index + 1);
    }
    return sum / relevant;
  },
};
