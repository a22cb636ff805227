/**
 * Evaluation: data sets with judgments, metrics, and runs over a retriever that is given as a port, of passages and of similar cases;
 * comparison of two runs.
 * Knows no library and no store, and is not a place for statistics (their own room) or for printing (the command line).
 * Imports contracts, text, statistics, platform.
 */
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
export { type RetrievalSet, readBeir } from "./datasets/beir.ts";
export {
  type LeakGuard,
  type LeakReason,
  type LeakReport,
  leakReasons,
  type PassageRetriever,
  type QueryLeak,
} from "./ports.ts";
export { type RetrievalRun, runRetrieval } from "./retrieval.ts";
