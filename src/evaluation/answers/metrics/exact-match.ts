import { shareOf } from "./mean-of.ts";

/** Share of open questions that are answered word for word as the data set has it (`normalizeAnswer`), 0–1. */
export const exactMatch = shareOf(
  { name: "exact-match", title: "Exact match", better: "higher" },
  ({ gold, correct }) => (gold.type === "text" ? correct : null),
);
