import type { Grammar } from "./grammar.ts";

/**
 * Med-RwR (arXiv 2510.18303, section 3), with numbers that can be cited, and line breaks that are the same at training and at
 * inference.
 */
export const medRwr: Grammar = {
  name: "med-rwr",
  tags: {
    think: { open: "<think>", close: "</think>" },
    query: { open: "<query>", close: "</query>" },
    retrieve: { open: "<retrieve>", close: "</retrieve>" },
    answer: { open: "<answer>", close: "</answer>" },
  },
  stop: ["</query>", "</answer>"],
  thought: "optional",
  queriesAtOnce: "each",
  gap: "\n",
  documents: { one: "[{number}] {title}: {text}", lead: "", trail: "", none: "None" },
  hints: {
    invalid:
      "The last step held neither a query nor an answer. Write <query>…</query> to look something up or <answer>…</answer> to finish.",
    final: "No more queries are possible. Write the answer now, inside <answer> and </answer>.",
  },
};
