import type {
  AskRequest,
  CaseSearch,
  FileSimilarity,
  Library,
  LibrarySearch,
  PolicyChoice,
  Rewards,
  Demo as WholeDemo,
} from "#assembly";
import type { ByteBudget } from "./byte-budget.ts";
import type { Gate } from "./gate.ts";
import type { ServerLimits } from "./limits.ts";
import type { ServerMetrics } from "./metrics/server-metrics.ts";
import type { PageFiles } from "./page-files.ts";
import type { Readiness } from "./readiness.ts";
import type { RoundRegistry } from "./rounds/registry.ts";
import type { RunReports } from "./runs/run-reports.ts";
import type { EmptyResults } from "./trainers/empty-results.ts";

export type Demo = Pick<WholeDemo, "questions" | "imageFolder">;

/**
 * How rounds are asked where their request says nothing of it, and within which bounds. What has to be closed stays the caller's. A server has
 * no web search and no patient records but these.
 */
export type RoundDefaults = Pick<
  AskRequest,
  "web" | "records" | "recipe" | "confidenceThreshold" | "calibration" | "reconsideration" | "limits"
>;

/** What the routes work with. */
export type ServerContext = {
  library: Library;
  /** The one search of passages. */
  search: LibrarySearch;
  /** The one search of cases. */
  cases: CaseSearch;
  policy: PolicyChoice;
  roundDefaults: RoundDefaults;
  demo: Demo;
  limits: ServerLimits;
  rounds: RoundRegistry;
  page: PageFiles;
  /** Reports of evaluations, where a folder of runs was named. */
  runs: RunReports | undefined;
  budget: ByteBudget;
  /** Passed by whatever decodes images. */
  decoding: Gate;
  /** Passed by batches of searches. */
  searching: Gate;
  /** The similarity service, where one was asked for. */
  similarity: FileSimilarity | undefined;
  /** Passed by its requests. */
  comparing: Gate;
  /** The reward service. */
  rewards: Rewards;
  /** Passed by batches of completions. */
  scoring: Gate;
  counts(): Promise<{ passages: number; cases: number }>;
  readiness(): Readiness;
  emptyResults: EmptyResults;
  metrics: ServerMetrics;
};
