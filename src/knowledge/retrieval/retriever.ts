import type { Leg, Ranked, RankedList } from "./ranked-list.ts";

/** A way to find passages: which legs run in the store, how deep, and how their lists become one. */
export type Retriever = {
  name: string;
  /** In plain words, for help and documents. */
  description: string;
  legs: readonly Leg[];
  /** How many passages each leg gives where `top` are asked for. */
  depth(top: number): number;
  /** Each corpus gives as many as `depth`; its lists are merged by raw score, leg by leg. Otherwise all corpora are one. */
  perCorpus?: boolean;
  /** Best first, each passage once. Called with two lists or more. */
  fuse(lists: readonly RankedList[]): Ranked[];
};
