import { answerWords } from "../answer-words.ts";
import type { Reward } from "../reward.ts";

/** Med-R3's retrieval reward (arXiv 2507.23541, released reward): titles there, ids or titles here. */
export const sourceRecall: Reward = {
  name: "source-recall",
  about: "0–1: the share of the right sources, by id or title, among the documents that were found.",
  read({ gold, retrieved, queries }) {
    if (gold.sources.length === 0) return { value: null, reason: "No right source was given." };
    if (retrieved.length === 0) {
      return queries.length === 0 ? { value: 0 } : { value: null, reason: "No documents were given." };
    }
    const found = new Set(
      retrieved.flatMap(({ documents }) =>
        documents.flatMap(({ id, title }) =>
          id === undefined ? [answerWords(title)] : [id, answerWords(title)],
        ),
      ),
    );
    const hits = gold.sources.filter((source) => found.has(source) || found.has(answerWords(source)));
    return { value: hits.length / gold.sources.length };
  },
};
