import { bgeM3 } from "./bge-m3.ts";
import type { Family } from "./family.ts";

/** BGE-M3 as Med-RwR's retrieval server uses it (arXiv 2510.18303, released code): with the query instruction of BGE. */
export const medRwr: Family = {
  name: "med-rwr",
  pooling: bgeM3.pooling,
  queryPrefix: "Represent this sentence for searching relevant passages: ",
  passagePrefix: "",
  title: "space",
  maxTokens: bgeM3.maxTokens,
};
