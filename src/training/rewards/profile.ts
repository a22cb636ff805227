import type { ReadTrajectory } from "./read-trajectory.ts";
import type { Reading, Reward, RewardFlag } from "./reward.ts";

/** A reward with its weight in a profile. */
type ProfileComponent = { reward: Reward; weight: number };

/** A named sum of rewards. A preset is data: a file here and a line in profiles/list.ts. */
export type RewardProfile = {
  name: string;
  /** Raised whenever a score may change; part of the configuration's hash. */
  version: number;
  /** Where it comes from, in one sentence. */
  about: string;
  components: readonly ProfileComponent[];
  /**
   * Bounds the total by what the components said; the sum itself where left out. Used where a sum alone could be won without being right.
   */
  bound?(
    total: number,
    scored: {
      trajectory: ReadTrajectory;
      readings: ReadonlyMap<string, Reading>;
      /** With the weights that are used, which may not be those of the profile. */
      components: Readonly<Record<string, ScoredComponent>>;
    },
  ): number;
};

export type ScoredComponent = {
  /** Before its weight; null where it does not apply. */
  value: number | null;
  weight: number;
  applicable: boolean;
  reason?: string;
};

/** A trajectory's score. `total` is the sum of weight times value over what applies; null where nothing does. */
export type Score = {
  id: string;
  total: number | null;
  components: Readonly<Record<string, ScoredComponent>>;
  flags: readonly RewardFlag[];
};
