import type { Grammar } from "./grammar.ts";

/**
 * Search-R1 (arXiv 2503.09516) as its released loop writes it: the first search counts, blank lines stand around the block. The
 * documents' numbers are the round's, so that they can be cited.
 */
export const searchR1: Grammar = {
  name: "search-r1",
  tags: {
    think: { open: "<think>", close: "</think>" },
    query: { open: "<search>", close: "</search>" },
    retrieve: { open: "<information>", close: "</information>" },
    answer: { open: "<answer>", close: "</answer>" },
  },
  stop: ["</search>", "</answer>"],
  thought: "required",
  queriesAtOnce: "first",
  gap: "\n\n",
  documents: { one: "Doc {number}(Title: {title}) {text}", lead: "", trail: "", none: "None" },
  hints: {
    invalid:
      "My last step was neither a search nor an answer. A search stands between <search> and </search>, the final answer between <answer> and </answer>. I try again.",
    final:
      "No more queries are possible. The final answer has to be given now, between <answer> and </answer>.",
  },
};
