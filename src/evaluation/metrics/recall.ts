import { countRelevant, isRelevant, type Metric } from "../metric.ts";

/** Share of the relevant documents that were found. 0 where no document is relevant. */
export const recall: Metric = {
  name: "recall",
  cutoff: null,
  score({ documents, judgments, cutoff }) {
    const relevant = countRelevant(judgments);
    if (relevant === 0) return 0;
    return documents.slice(0, cutoff).filter((document) => isRelevant(judgments, document)).length / relevant;
  },
};
