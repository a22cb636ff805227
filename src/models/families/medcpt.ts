import type { Family } from "./family.ts";

/**
 * MedCPT's query and article encoders (model cards of ncbi/MedCPT-Query-Encoder and -Article-Encoder; arXiv 2307.00589): queries
 * of 64 tokens, articles as the pair of title and abstract. The card ranks by the inner product of raw vectors; here they are
 * made unit vectors, as every store of ours takes them.
 */
export const medcpt: Family = {
  name: "medcpt",
  models: /medcpt/i,
  pooling: "first-token",
  queryPrefix: "",
  passagePrefix: "",
  title: "pair",
  maxTokens: { query: 64, passage: 512 },
};
