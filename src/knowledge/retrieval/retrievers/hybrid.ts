import { fuseByScore } from "../fuse-by-score.ts";
import type { Retriever } from "../retriever.ts";

/** Form, weights and depth were chosen on the even half of BioASQ's questions alone (bench/quality-retrieval.ts). */
export const hybrid: Retriever = {
  name: "hybrid",
  description:
    "words and meaning: BM25 and vectors, their scores brought to one scale and weighed 0.6 to 0.4",
  legs: ["terms", "vectors"],
  depth: (top) => Math.max(2 * top, 200),
  fuse: (lists) => fuseByScore(lists, { weights: { terms: 0.6, vectors: 0.4 } }),
};
