import { shareOf } from "./mean-of.ts";

/** Share of all samples that have no answer, because a server or a model failed, 0–1: what all other figures leave out. */
export const failureRate = shareOf(
  { name: "failure-rate", title: "Failed", better: "lower" },
  ({ answer }) => answer === null,
);
