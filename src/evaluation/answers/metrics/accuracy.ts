import { shareOf } from "./mean-of.ts";

/** Share of answered samples that are right, 0–1. What was not read, was refused or abstained from is wrong; what failed does not count. */
export const accuracy = shareOf(
  { name: "accuracy", title: "Accuracy", better: "higher" },
  ({ correct }) => correct,
);
