import type { Family } from "./family.ts";

/** For models of no family here: mean, no prefixes. Servers that pool for themselves are used so unless told otherwise. */
export const plain: Family = {
  name: "plain",
  pooling: "mean",
  queryPrefix: "",
  passagePrefix: "",
  title: "space",
  maxTokens: { query: 512, passage: 512 },
};
