import { fuseByRank } from "../fuse-by-rank.ts";
import type { Retriever } from "../retriever.ts";

export const dense: Retriever = {
  name: "dense",
  description: "meaning alone, by the cosine of vectors; of several embedders by reciprocal rank fusion",
  legs: ["vectors"],
  depth: (top) => 2 * top,
  fuse: (lists) => fuseByRank(lists, { constant: 60 }),
};
