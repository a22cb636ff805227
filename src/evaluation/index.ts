/**
 * Evaluation: data sets with judgments, metrics, and runs over a retriever that is given as a port; comparison of two runs.
 * Knows no library and no store, and is not a place for statistics (their own room) or for printing (the command line).
 * Imports contracts, text, statistics, platform.
 */
export { compareRuns, type RunComparison } from "./compare-runs.ts";
export { type RetrievalSet, readBeir } from "./datasets/beir.ts";
export type { PassageRetriever } from "./ports.ts";
export { type RetrievalRun, runRetrieval } from "./retrieval.ts";
