/**
 * Training: rewards and the profiles that weigh them, rollouts, data for engines, plans of training runs.
 * Trains nothing itself: engines do, through thin adapters that it writes. Asks no model: what models say of a trajectory is given.
 * Imports contracts, transcript, text, statistics, platform, reasoning, evaluation.
 */
export type { RewardProfile, Score } from "./rewards/profile.ts";
export type { Trajectory } from "./rewards/trajectory.ts";
