import type { Family } from "./family.ts";

/** The dense vectors of BGE-M3 (model card of BAAI/bge-m3; arXiv 2402.03216): first token, no instruction, 8,192 tokens. */
export const bgeM3: Family = {
  name: "bge-m3",
  models: /bge-m3/i,
  pooling: "first-token",
  queryPrefix: "",
  passagePrefix: "",
  title: "space",
  maxTokens: { query: 8192, passage: 8192 },
};
