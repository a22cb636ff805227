import { fuseByRank } from "../fuse-by-rank.ts";
import type { Retriever } from "../retriever.ts";

/**
 * The fusion of the MedRAG toolkit (RRF-2 with one embedder, RRF-4 with three): each leg gives max(2k, 100) passages of each corpus,
 * merged by raw score leg by leg; then reciprocal rank fusion with the constant 100 and ranks from 1. Unlike there, BM25 weighs
 * words by all corpora at once, so that its scores are of one scale.
 */
export const medrag: Retriever = {
  name: "medrag",
  description: "words and meaning, fused with the constants of the MedRAG toolkit",
  legs: ["terms", "vectors"],
  depth: (top) => Math.max(2 * top, 100),
  perCorpus: true,
  fuse: (lists) => fuseByRank(lists, { constant: 100 }),
};
