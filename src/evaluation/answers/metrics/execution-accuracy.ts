import { shareOf } from "./mean-of.ts";

/** Share of answerable questions on records whose rows are those of the data set's query (EHRSQL; see `sameRows`), 0–1. */
export const executionAccuracy = shareOf(
  { name: "execution-accuracy", title: "Execution accuracy", better: "higher" },
  ({ gold, correct }) => (gold.type === "rows" ? correct : null),
);
