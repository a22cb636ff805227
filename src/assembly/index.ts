/**
 * Configuration to a working system: the one place that knows every room. Heavy parts are loaded when they are needed.
 * Holds no logic of a subject.
 */

export { type AnswerRunComparison, compareAnswerRuns, readReport, renderReport, sayBelow } from "#evaluation";
export type { ImageDescription } from "#imaging";
export { chunkingNamed, formatNamed, type PassageSearch } from "#knowledge";
export {
  type AddProgress,
  type AddReport,
  type EmbedderRemoval,
  type EmbedReport,
  type Examination,
  type FetchProgress,
  type FetchReport,
  findEntry,
  fitLibrary,
  type Library,
  type LibraryStatus,
  planEmbedderRemoval,
  planRemoval,
  type RemovalCounts,
  type RemovalReport,
  readLibraryStatus,
  readRecipes,
  removeEmbedder,
  removeFromLibrary,
} from "#library";
export { type FollowedRound, followRound, replayRound, roundFromEvents } from "#reasoning";
export { type MadeManifest, type WrittenPlan, writePlan } from "#training";
export { addToLibrary } from "./add-to-library.ts";
export { type AuditedCases, auditLibrary, type LibraryAudit } from "./audit/audit-library.ts";
export { auditSplits, type SplitAudit } from "./audit/audit-splits.ts";
export type { CaseEvaluation } from "./case-evaluation/case-evaluation.ts";
export type { PolicyChoice } from "./choose-policy.ts";
export { compareCase } from "./compare-case.ts";
export { defaultLibrary, demoLibrary } from "./configuration.ts";
export { type DeidentificationRun, deidentifyFiles } from "./deidentify-files.ts";
export { type Demo, prepareDemo } from "./demo.ts";
export { describeSystem } from "./describe-system.ts";
export { type Distillation, distillKnowledge } from "./distill.ts";
export { type Diagnosis, diagnose } from "./doctor/diagnose.ts";
export { embedImagesFrom, embedLibraryFrom } from "./embed-library.ts";
export { evaluateCases } from "./evaluate-cases.ts";
export { evaluateRetrieval, type RetrievalEvaluation } from "./evaluate-retrieval.ts";
export { examineLibraryAt } from "./examine-library.ts";
export { fetchCorpus } from "./fetch-corpus.ts";
export { readFollowedRound } from "./followed-round.ts";
export { describeImageFile, renderImageFile } from "./image-file.ts";
export { type FileSimilarity, openFileSimilarity, type SimilarityChoice } from "./image-text-similarity.ts";
export { type ImportedPredictions, importPredictionFiles } from "./import-predictions.ts";
export { limitsOfSettings } from "./limits-of-settings.ts";
export type { ImageFacts } from "./load-image.ts";
export { type CaseSearch, openCaseSearch } from "./open-case-search.ts";
export { openLibraryAt } from "./open-library.ts";
export { type LibrarySearch, openPassageSearch, type RetrievalChoice } from "./open-passage-search.ts";
export { openConfiguredRecords, openRecordsAt, type RecordsChoice } from "./open-records.ts";
export {
  type AskRequest,
  type KeepImage,
  type PreparedRound,
  prepareRound,
  type RunOptions,
} from "./prepare-round.ts";
export { readCaseImage, type ShownImage } from "./read-image.ts";
export { type RecordedRound, readRecordedRound } from "./recorded-round.ts";
export { type ReportPage, writeReportPage } from "./reports/report-run.ts";
export { itemGrammarSchema, itemSchema } from "./rewards/item-schema.ts";
export { openRewards, type RewardChoice, type Rewards } from "./rewards/open-rewards.ts";
export type { ScoredItems, ScoreRequest } from "./rewards/reward-scorer.ts";
export { type FileScores, scoreFile } from "./rewards/score-file.ts";
export { limitsOf, limitsWithin } from "./round-limits.ts";
export { listRecipes, readRoundRecipe, readShippedRecipe } from "./round-recipe.ts";
export { sealNames, unsealNames } from "./sealed-names.ts";
export { searchLibrary } from "./search-library.ts";
export { type GivenSettings, readConfiguration, readSettings, type Settings } from "./settings.ts";
export type { ArmSummary } from "./suites/arm-summary.ts";
export { type CalibrationFit, calibrateArm } from "./suites/calibrate.ts";
export { exportRun } from "./suites/export-run.ts";
export { planSuite, type SuitePlan } from "./suites/plan-suite.ts";
export { type Rescoring, rescoreRun } from "./suites/rescore-run.ts";
export { runSuite, type SuiteRun, type SuiteRunRequest } from "./suites/run-suite.ts";
export { type ExemplarsRequest, type WrittenExemplars, writeExemplars } from "./suites/write-exemplars.ts";
export { exportTrainingData } from "./training/export-rollouts.ts";
export { type LaunchEvent, launchTraining } from "./training/launch-training.ts";
export { type MakeDataRequest, makeData } from "./training/make-data.ts";
export { makeRollouts, type RolloutRequest, type RolloutRun } from "./training/make-rollouts.ts";
export { openConfiguredWebSearch, type WebSearchChoice } from "./web-search.ts";
