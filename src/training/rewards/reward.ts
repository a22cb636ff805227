import type { ReadTrajectory } from "./read-trajectory.ts";

/** What is odd about a trajectory; told beside the score, and used by profiles that refuse to pay for it. */
export type RewardFlag = string;

/** What a reward says: null where it does not apply, and then `reason` says why in one sentence. */
export type Reading = {
  value: number | null;
  flags?: readonly RewardFlag[];
  reason?: string;
};

/** A pure function of a trajectory; deterministic, total (never throws, for any text), in linear time. */
export type Reward = {
  /** Stands in configurations and replies; never changes. */
  name: string;
  /** What it pays for and in which range, in one sentence; docs/rewards.md is made of it. */
  about: string;
  read(trajectory: ReadTrajectory): Reading;
};
