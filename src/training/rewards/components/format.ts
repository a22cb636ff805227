import type { ReadTrajectory } from "../read-trajectory.ts";
import type { Reward } from "../reward.ts";

/** The state machine of `findProblems` (the idea of Search-R1 0.3). What the environment wrote cannot break it: it goes by spans. */
export const format: Reward = {
  name: "format",
  about: "1 for a transcript that keeps to its grammar and holds a thought and one answer, else 0.",
  read: (trajectory) => ({ value: keepsFormat(trajectory) ? 1 : 0 }),
};

export function keepsFormat({ problems, thoughts }: ReadTrajectory): boolean {
  return problems.length === 0 && thoughts.length > 0;
}
