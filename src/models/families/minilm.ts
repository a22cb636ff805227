import type { Family } from "./family.ts";

/** MiniLM of Sentence Transformers (model card of sentence-transformers/all-MiniLM-L6-v2): mean, 256 tokens. */
export const miniLm: Family = {
  name: "minilm",
  models: /minilm/i,
  pooling: "mean",
  queryPrefix: "",
  passagePrefix: "",
  title: "space",
  maxTokens: { query: 256, passage: 256 },
};
