/**
 * Training: rewards and the profiles that weigh them, rollouts, data for engines, plans of training runs.
 * Trains nothing itself: engines do, through thin adapters that it writes. What models say of a trajectory is given; who makes data is a port.
 * Imports contracts, transcript, text, statistics, platform, reasoning, evaluation.
 */
export { type ExportRequest, exportRollouts } from "./exports/export-rollouts.ts";
export { findTrainingEngine } from "./exports/find-engine.ts";
export type { LeakFinder } from "./exports/leak-finder.ts";
export type { ExportManifest, QuestionLeak, TestSetLeaks } from "./exports/manifest.ts";
export type { Selection } from "./exports/select.ts";
export type { MakingModel } from "./made-data/ask-for-json.ts";
export type { EvaluationSet } from "./made-data/evaluation-sets.ts";
export { chooseNearCenters } from "./made-data/exam/choose-near-centers.ts";
export { countTries } from "./made-data/exam/count-tries.ts";
export { type AnsweredImage, makeQuestion } from "./made-data/exam/make-question.ts";
export { stratify } from "./made-data/exam/stratify.ts";
export { makeReasonerRow } from "./made-data/fine-tuning/reasoner-row.ts";
export { type ReasoningRow, readReasoningRow } from "./made-data/fine-tuning/reasoning-row.ts";
export { summarizeReport } from "./made-data/fine-tuning/summarizer-row.ts";
export { summarizeRolloutFolders } from "./made-data/fine-tuning/summarizer-rows.ts";
export { mapInOrder } from "./made-data/in-order.ts";
export { keptApart, type Made, type MadeImage, type MadeRow } from "./made-data/made-row.ts";
export { readMakingPrompt } from "./made-data/making-prompt.ts";
export { cxrTable, makeReasoning, type StepWriter } from "./made-data/steps/make-reasoning.ts";
export { type Report, readReport } from "./made-data/steps/report.ts";
export { type MadeManifest, type Making, writeMade } from "./made-data/write-made.ts";
export { readMetrics } from "./plans/logs/read-metrics.ts";
export { readPlan } from "./plans/read-plan.ts";
export type { TrainingPlan } from "./plans/training-plan.ts";
export { type WrittenPlan, writePlan } from "./plans/write-plan.ts";
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
export { describeSource, questionOfSample, rolloutImage } from "./rollouts/question-of-sample.ts";
export type { Rollout, RolloutImage, RolloutMessage, RolloutTry } from "./rollouts/rollout.ts";
export { scoreRollout } from "./rollouts/score-rollout.ts";
export { createRolloutSummary, type RolloutSummary } from "./rollouts/summarize-rollouts.ts";
export type { RecordedReply } from "./rollouts/tokens-of-replies.ts";
export { logProbabilities, tryOfRound } from "./rollouts/try-of-round.ts";
