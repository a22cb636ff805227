import type { Family } from "./family.ts";

/**
 * Contriever (model card of facebook/contriever; arXiv 2112.09118) with titles as in MedRAG's `contents`. The card ranks by the
 * inner product of raw vectors; here they are made unit vectors.
 */
export const contriever: Family = {
  name: "contriever",
  models: /contriever/i,
  pooling: "mean",
  queryPrefix: "",
  passagePrefix: "",
  title: "sentence",
  maxTokens: { query: 512, passage: 512 },
};
