import { isRelevant, type Metric } from "../metric.ts";

/** 1 / rank of the first relevant document; 0 where none is among the first 10. Its mean over queries is MRR (Voorhees 1999). */
export const reciprocalRank: Metric = {
  name: "MRR",
  cutoff: 10,
  score({ documents, judgments, cutoff }) {
    const index = documents.slice(0, cutoff).findIndex((document) => isRelevant(judgments, document));
    return index === -1 ? 0 : 1 / (index + 1);
  },
};
