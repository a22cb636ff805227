import { shareOf } from "./mean-of.ts";

/** Share of answers that leave the question open because the evidence or the confidence did not do, 0–1. */
export const abstentionRate = shareOf(
  { name: "abstention-rate", title: "Abstained", better: "neither" },
  ({ answer }) => answer?.abstained ?? null,
);
