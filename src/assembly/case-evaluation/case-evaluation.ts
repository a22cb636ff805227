import type { CaseComparison, CaseRun, CaseRunRequest, Grouping, LeakReport } from "#evaluation";
import type { CaseTask } from "./evaluated-cases.ts";
import type { RefusedCase } from "./read-manifest.ts";

/** How far an evaluation is: images described or queries run, and the share (0–1) of all of them. */
type CaseEvaluationProgress = { stage: "describing" | "searching"; items: number; share: number };

export type CaseEvaluationRequest = {
  /** JSON lines, as `library add` reads them. */
  manifest: string;
  /** The folder of the library to be searched; without it the manifest's own cases are split. */
  library?: string | undefined;
  /** How many splits, where there is no library. */
  splits: number;
  labelField?: string | undefined;
  task: CaseTask;
  /** A field within whose values results are told, too. */
  within?: string | undefined;
  grouping: Grouping | "default";
  /** Numbers of neighbors that vote. */
  votes: readonly number[];
  precisionOver?: CaseRunRequest["precisionOver"];
  seed: number;
  /** Sources of image encoders that are measured beside the built-in descriptor; a library has its own. */
  embedders?: readonly string[];
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: CaseEvaluationProgress) => void) | undefined;
};

export type CaseEvaluation = {
  set: {
    /** The manifest's folder. */
    name: string;
    images: number;
    /** Images without a label, or without what the vote is about. They are neither asked about nor found. */
    withoutClass: number;
    refused: RefusedCase[];
    grouping: Grouping | "default";
    groups: number;
    task: CaseTask;
    /** Images of each class. */
    classes: { class: string; images: number }[];
  };
  /** Each with the numbers of queries and of cases to be found, and what the guard against leaks says of them. */
  splits: { queries: number; library: number; leaks: LeakReport }[];
  /** Milliseconds in which an image is read and described, one at a time. */
  describing: { median: number; p95: number };
  runs: CaseRun[];
  /** Each further retriever against the first. */
  comparisons: CaseComparison[];
  /** Sentences about what to be careful with. */
  notes: string[];
};
