/**
 * Evaluation: data sets with judgments, metrics, and runs over a retriever that is given as a port, of passages and of similar cases;
 * comparison of two runs.
 * Knows no library and no store, and is not a place for statistics (their own room) or for printing (the command line).
 * Imports contracts, transcript, text, statistics, platform.
 */

export type { SampleAnswer } from "./answers/answer.ts";
export { countOutcomes } from "./answers/outcome-of.ts";
export { shownOptions } from "./answers/shown-options.ts";
export { type AnswerFigure, summarize } from "./answers/summary/summarize.ts";
export { chooseBaselines, type ScoredBaseline, scoreBaselines } from "./baselines/score-baselines.ts";
export { type CaseComparison, compareCaseRuns } from "./cases/compare-case-runs.ts";
export { type EvaluatedCase, type Grouping, groupOf } from "./cases/evaluated-case.ts";
export { type CaseRelation, type CaseRetriever, caseRelations } from "./cases/ports.ts";
export {
  type CaseFigure,
  type CaseRun,
  type CaseRunRequest,
  runCaseRetrieval,
} from "./cases/run-case-retrieval.ts";
export { type CaseSplit, checkSplit, splitCases } from "./cases/split-cases.ts";
export { compareRuns, type RunComparison } from "./compare-runs.ts";
export { type RetrievalSet, readBeir } from "./data-sets/beir/beir.ts";
export { readDataSet } from "./data-sets/read-data-set.ts";
export { chooseArms } from "./exports/choose-arms.ts";
export { exportArm } from "./exports/export-arm.ts";
export type { ReadExportImage } from "./exports/export-format.ts";
export { findExportFormat } from "./exports/find-format.ts";
export { readOptionAnswers } from "./exports/option-answers.ts";
export { findProfile } from "./extraction/profiles/find-profile.ts";
export { chooseExemplars, exemplarLabel } from "./few-shot/choose-exemplars.ts";
export { drawOptionOrder } from "./few-shot/draw.ts";
export type { Exemplar, ExemplarRule } from "./few-shot/exemplar.ts";
export {
  createExemplarPool,
  type ExemplarPool,
  type SampleRelations,
  type SampleVectors,
} from "./few-shot/exemplar-pool.ts";
export { type PromptWording, readPromptWording, recordWording } from "./few-shot/prompt-wording.ts";
export { asksAbout } from "./few-shot/records/asks-about.ts";
export { barredSamples } from "./few-shot/records/barred-samples.ts";
export { type BuiltRecords, buildRecords } from "./few-shot/records/build-records.ts";
export { type RecordFile, readRecordFile, writeRecordFile } from "./few-shot/records/record-file.ts";
export { recordedExemplars } from "./few-shot/records/recorded-exemplars.ts";
export { type Prompt, type PromptPart, promptText, renderPrompt } from "./few-shot/render-prompt.ts";
export { splitAsPublished, splitSamples } from "./few-shot/split-samples.ts";
export { createTouchCheck, type TouchCheck } from "./few-shot/touched-samples.ts";
export { importPredictions } from "./imports/import-predictions.ts";
export type { PredictionImport } from "./imports/prediction-import.ts";
export { publishedFiles } from "./imports/published-files.ts";
export type { JudgeReport } from "./judges/answer-judge.ts";
export type { JudgeEmbedder, JudgeModel } from "./judges/judge-model.ts";
export { checkJudges, type OpenJudges, openJudges } from "./judges/open-judges.ts";
export {
  type LeakGuard,
  type LeakReason,
  type LeakReport,
  leakReasons,
  type PassageRetriever,
  type QueryLeak,
} from "./ports.ts";
export { type AnswerRunComparison, compareAnswerRuns } from "./reports/compare-answer-runs.ts";
export { readReport } from "./reports/read-report.ts";
export { renderReport, sayBelow } from "./reports/render-report.ts";
export { type ReadThumbnail, writePage } from "./reports/write-page.ts";
export { type RetrievalRun, runRetrieval } from "./retrieval.ts";
export { answerOfRound, usageOfRound } from "./runner/answer-of-round.ts";
export type { Answerer } from "./runner/answerer.ts";
export { changeRunFile, lockScores, withOwn } from "./runner/change-run-file.ts";
export { rememberJudgments } from "./runner/judge-memory.ts";
export { readFinalRecords } from "./runner/read-log.ts";
export { findAnswered, reuseAnswers } from "./runner/reuse-answers.ts";
export { type FailureCount, logFileOf, type RunProgress, runArms } from "./runner/run-arms.ts";
export { type RunBaseline, readRunBaselines, writeRunBaselines } from "./runner/run-baselines.ts";
export {
  hashSuite,
  lockLog,
  openRunFolder,
  type RunDataSet,
  type RunFile,
  readRunFile,
} from "./runner/run-file.ts";
export { type DataSetLeaks, readExemplars, readRunLeaks, writeRunLeaks } from "./runner/run-leaks.ts";
export { writeRunSamples } from "./runner/run-samples.ts";
export type { StoppedLane } from "./runner/run-tasks.ts";
export { openSampleSource, type SampleSource } from "./runner/sample-source.ts";
export { type ScoredArm, scoreRun } from "./runner/score-run.ts";
export { isInShard, type Shard, taskKey } from "./runner/task.ts";
export type { DataSet, Sample } from "./samples/sample.ts";
export { type Arm, type ArmParts, expandSuite, type LeftOutArm } from "./suites/arms.ts";
export { chooseMetrics } from "./suites/choose-metrics.ts";
export { type ArmEstimate, defaultTokens, estimateArm } from "./suites/estimate-arm.ts";
export { readSuite, type SuiteFile } from "./suites/read-suite.ts";
export { sayPower } from "./suites/say-power.ts";
export type {
  Suite,
  SuiteCondition,
  SuiteDataSet,
  SuiteEndpoint,
  SuiteModel,
} from "./suites/suite-schema.ts";
