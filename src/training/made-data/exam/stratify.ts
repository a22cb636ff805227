import { keptApart, type Made, type MadeRow } from "../made-row.ts";

/** How a question fared: tries whose answer is known to be right or wrong, and those that were right. */
export type Tries = { known: number; right: number };

/** Below this share (0 to 1) of right tries a question is hard. */
const hardBelow = 0.5;

/**
 * Sorts a question by how often models got it right, as Med-RwR did: one that was always right teaches nothing and is kept apart, the others are
 * easy or hard by `hardBelow`, the default of which is ours since the paper has none.
 */
export function stratify(row: MadeRow, tries: Tries | undefined): Made {
  const { id, fields } = row;
  if (!tries || tries.known === 0)
    return keptApart(id, "not-tried", "No rollout tells whether it is answered right.");
  const { known, right } = tries;
  if (right === known) return keptApart(id, "always-right", `All of ${known} tries were right.`);
  const accuracy = right / known;
  const difficulty = accuracy < hardBelow ? "hard" : "easy";
  return { rows: [{ ...row, fields: { ...fields, difficulty, accuracy, tries: known } }], failures: [] };
}
