import { median, quantile } from "#statistics";
import type { CaseMetric, PrecisionOver } from "./case-metric.ts";
import { type Confusion, confusionOf, readClasses } from "./confusion.ts";
import type { EvaluatedCase } from "./evaluated-case.ts";
import { createLabelOverlap } from "./label-overlap.ts";
import { caseMetricFamilies } from "./metrics/list.ts";
import { type Observation, observeQueries, type Scores } from "./observe-queries.ts";
import { type CaseRelation, type CaseRetriever, caseRelations } from "./ports.ts";
import type { CaseSplit } from "./split-cases.ts";
import { type Summary, summarizeValues } from "./summarize-values.ts";

/** A mean of a score over queries, or over the classes of queries (see `summarizeValues`); `score` is its name in those of a query. */
export type CaseFigure = { metric: string; score: string; over: "images" | "classes" } & Summary;

/** What the votes of k neighbors came to. */
type VoteResult = { k: number; classes: ReturnType<typeof readClasses>; confusion: Confusion };

/** One query of one split, as JSON output shows it. */
type CaseQueryResult = {
  split: number;
  id: string;
  group: string;
  class: string | null;
  votes: { k: number; predicted: string | null }[];
  scores: Record<string, number | null>;
  excluded: Readonly<Record<CaseRelation, number>>;
  found: { id: string; score: number }[];
  milliseconds: number;
};

/** What a retriever reached. */
export type CaseRun = {
  retriever: string;
  figures: CaseFigure[];
  /** The same cases in random order, and for every query the commonest class of all that could be found. */
  baselines: { name: "random" | "majority"; figures: CaseFigure[] }[];
  votes: VoteResult[];
  /** The same figures of the queries with each value of the field within which results are told apart; the searches are the same. */
  within: { value: string; figures: CaseFigure[] }[];
  /** Cases left out, over all queries, and the share of queries (0–1) for which one was. */
  excluded: Record<CaseRelation, number> & { touched: number };
  /** Milliseconds of a search. */
  latency: { median: number; p95: number };
  queries: CaseQueryResult[];
};

export type CaseRunRequest = {
  cases: readonly EvaluatedCase[];
  /** The group of each case, which intervals are taken over. */
  groups: readonly string[];
  splits: readonly CaseSplit[];
  /** Numbers of neighbors that vote. */
  votes: readonly number[];
  precisionOver?: PrecisionOver;
  seed: number;
  signal?: AbortSignal;
};

/** Cases that are ranked for each query; in a larger library one further down counts as not found. */
const ranks = 1_000;

/**
 * Asks every query of every split and scores the rankings. The same seed gives the same figures. Rejects where a search does, and with
 * the signal's reason.
 */
export async function runCaseRetrieval(
  request: CaseRunRequest & { retriever: CaseRetriever; onProgress?: (done: number) => void },
): Promise<CaseRun> {
  const { cases, groups, votes, precisionOver = "k", seed, retriever } = request;
  const metrics = caseMetricFamilies.flatMap((family) => family({ votes, precisionOver }));
  const overlap = createLabelOverlap(cases);
  const observations = await observeQueries({ ...request, metrics, top: ranks, overlap });
  const figures = (chosen: readonly Observation[], read: (observation: Observation) => Scores) =>
    figuresOf({ cases, groups, metrics, seed, observations: chosen, read });
  const times = observations.map(({ milliseconds }) => milliseconds);
  const parts = Map.groupBy(observations, ({ query }) => cases[query]!.part ?? "");
  parts.delete("");
  return {
    retriever: retriever.name,
    figures: figures(observations, ({ scores }) => scores),
    baselines: [
      { name: "random", figures: figures(observations, ({ random }) => random) },
      { name: "majority", figures: figures(observations, ({ majority }) => majority) },
    ],
    votes: votes.map((k, index) => votesOf({ k, index, cases, observations })),
    within: [...parts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([value, chosen]) => ({ value, figures: figures(chosen, ({ scores }) => scores) })),
    excluded: countExcluded(observations),
    latency: { median: median(times), p95: quantile(times, 0.95) },
    queries: observations.map((observation) => showQuery(observation, { cases, groups })),
  };
}

function figuresOf(request: {
  cases: readonly EvaluatedCase[];
  groups: readonly string[];
  metrics: readonly CaseMetric[];
  observations: readonly Observation[];
  read: (observation: Observation) => Scores;
  seed: number;
}): CaseFigure[] {
  const { cases, groups, metrics, observations, read, seed } = request;
  return metrics.flatMap(({ name, byClass }) => {
    const values = observations.flatMap((observation) => {
      const { query } = observation;
      const value = read(observation)[name];
      if (value === undefined) return [];
      return [{ cluster: groups[query]!, image: query, class: cases[query]!.class, value }];
    });
    return (["images", "classes"] as const).flatMap((over) => {
      const summary = summarizeValues({ values, over, seed });
      return summary ? [{ metric: over === "images" ? name : byClass, score: name, over, ...summary }] : [];
    });
  });
}

function votesOf(request: {
  k: number;
  index: number;
  cases: readonly EvaluatedCase[];
  observations: readonly Observation[];
}): VoteResult {
  const { k, index, cases, observations } = request;
  const confusion = confusionOf(
    observations.flatMap(({ query, votes }) => {
      const actual = cases[query]!.class;
      return actual === undefined ? [] : [{ actual, predicted: votes[index]?.predicted }];
    }),
  );
  return { k, classes: readClasses(confusion), confusion };
}

function countExcluded(observations: readonly Observation[]): CaseRun["excluded"] {
  const counts = caseRelations.map((relation) => [
    relation,
    observations.reduce((sum, { excluded }) => sum + excluded[relation], 0),
  ]);
  const touched = observations.filter(({ excluded }) =>
    caseRelations.some((relation) => excluded[relation] > 0),
  );
  return {
    ...(Object.fromEntries(counts) as Record<CaseRelation, number>),
    touched: touched.length / observations.length,
  };
}

function showQuery(
  { split, query, votes, scores, excluded, first, milliseconds }: Observation,
  { cases, groups }: Pick<CaseRunRequest, "cases" | "groups">,
): CaseQueryResult {
  const { id, class: actual } = cases[query]!;
  return {
    split,
    id,
    group: groups[query]!,
    class: actual ?? null,
    votes: votes.map(({ k, predicted }) => ({ k, predicted: predicted ?? null })),
    scores: Object.fromEntries(Object.entries(scores).map(([name, value]) => [name, value ?? null])),
    excluded,
    found: first.map(({ position, score }) => ({ id: cases[position]!.id, score })),
    milliseconds,
  };
}
