import type { Family } from "./family.ts";

/** English BGE, small to large (model card of BAAI/bge-base-en-v1.5): an instruction before queries, none before passages. */
export const bge: Family = {
  name: "bge",
  models: /bge-(small|base|large)-en/i,
  pooling: "first-token",
  queryPrefix: "Represent this sentence for searching relevant passages: ",
  passagePrefix: "",
  title: "space",
  maxTokens: { query: 512, passage: 512 },
};
