import type { Family } from "./family.ts";

/**
 * SPECTER (model card of allenai/specter; arXiv 2004.07180): title, the separator token and abstract. MedRAG ranks its raw vectors
 * by Euclidean distance; here they are made unit vectors. SPECTER2 needs adapters and is another family.
 */
export const specter: Family = {
  name: "specter",
  models: /specter(?!_?2)/i,
  pooling: "first-token",
  queryPrefix: "",
  passagePrefix: "",
  title: "separator",
  maxTokens: { query: 512, passage: 512 },
};
