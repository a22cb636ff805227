/**
 * Training: rewards and the profiles that weigh them, rollouts, data for engines, plans of training runs.
 * Trains nothing itself: engines do, through thin adapters that it writes. Asks no model: what models say of a trajectory is given.
 * Imports contracts, transcript, text, statistics, platform, reasoning, evaluation.
 */
export type { EntityFinder } from "./rewards/entities/entity-finder.ts";
export { createOntologyEntities } from "./rewards/entities/ontology-entities.ts";
export type { RewardProfile, Score } from "./rewards/profile.ts";
export { findRewardProfile } from "./rewards/profiles/find-reward-profile.ts";
export { hashRewardProfile } from "./rewards/profiles/hash-reward-profile.ts";
export { rewardProfiles } from "./rewards/profiles/list.ts";
export { readTrajectory } from "./rewards/read-trajectory.ts";
export { readSafetyChecklist } from "./rewards/safety/read-safety-checklist.ts";
export type { SafetyChecklist } from "./rewards/safety/safety-checklist.ts";
export { scoreTrajectories } from "./rewards/score.ts";
export type { ScoringContext } from "./rewards/scoring-context.ts";
export type { Trajectory } from "./rewards/trajectory.ts";
