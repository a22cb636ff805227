import type { Family } from "./family.ts";

/** E5 (model card of intfloat/e5-base-v2; arXiv 2212.03533): mean, and a word before either kind of text. */
export const e5: Family = {
  name: "e5",
  models: /(^|[/_-])e5-(small|base|large)/i,
  pooling: "mean",
  queryPrefix: "query: ",
  passagePrefix: "passage: ",
  title: "space",
  maxTokens: { query: 512, passage: 512 },
};
