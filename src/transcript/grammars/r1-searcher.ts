import type { Grammar } from "./grammar.ts";

/**
 * R1-Searcher (arXiv 2503.05592) as its released loop writes it: one thought from the prompt's end to the answer, with queries
 * and documents within it. The documents' numbers are the round's, so that they can be cited.
 */
export const r1Searcher: Grammar = {
  name: "r1-searcher",
  tags: {
    think: { open: "<think>", close: "</think>" },
    query: { open: "<|begin_of_query|>", close: "<|end_of_query|>" },
    retrieve: { open: "<|begin_of_documents|>", close: "<|end_of_documents|>" },
    answer: { open: "<answer>", close: "</answer>" },
  },
  stop: ["<|end_of_query|>", "</answer>"],
  thought: "throughout",
  queriesAtOnce: "first",
  gap: "\n\n",
  documents: { one: "({number}){text}", lead: "\n", trail: "\n", none: "None" },
  hints: {
    invalid:
      "The last step held neither a query nor an answer. A query stands between <|begin_of_query|> and <|end_of_query|>, the final answer between <answer> and </answer>.",
    final:
      "No more queries are possible. The thought ends here with </think>, and the final answer follows between <answer> and </answer>.",
  },
};
