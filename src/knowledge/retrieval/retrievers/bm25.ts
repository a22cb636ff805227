import { fuseByRank } from "../fuse-by-rank.ts";
import type { Retriever } from "../retriever.ts";

export const bm25: Retriever = {
  name: "bm25",
  description: "words alone, by BM25",
  legs: ["terms"],
  depth: (top) => top,
  fuse: (lists) => fuseByRank(lists, { constant: 60 }),
};
