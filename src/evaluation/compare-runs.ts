import { createRandom, permutationTest } from "#statistics";
import { type RetrievalRun, summarize } from "./retrieval.ts";

/** How the second retriever differs from the first: `difference` is second minus first, its interval the 95 % bootstrap interval. */
export type RunComparison = {
  first: string;
  second: string;
  metrics: {
    metric: string;
    difference: number;
    interval: [low: number, high: number] | null;
    /** Of the paired randomization test, two-sided; not corrected for the number of metrics. */
    pValue: number;
    /** Whether the interval includes zero, in words. */
    conclusion: string;
  }[];
};

/**
 * Compares two runs over the same queries, pairing them by query. The same seed gives the same figures.
 * Throws `RangeError` where the queries or the metrics are not the same.
 */
export function compareRuns(request: {
  first: RetrievalRun;
  second: RetrievalRun;
  seed?: number;
}): RunComparison {
  const { first, second, seed = 1 } = request;
  const byId = new Map(second.queries.map(({ id, scores }) => [id, scores]));
  if (byId.size !== first.queries.length || first.queries.some(({ id }) => !byId.has(id)))
    throw new RangeError("Two runs can be compared over the same queries only.");
  const metrics = first.metrics.map(({ metric }) => {
    const differences = first.queries.map(({ id, scores }) => {
      const difference = (byId.get(id)?.[metric] ?? Number.NaN) - (scores[metric] ?? Number.NaN);
      if (Number.isNaN(difference)) throw new RangeError(`Both runs must hold ${metric} for each query.`);
      return difference;
    });
    const { mean, interval } = summarize(differences, seed);
    const { pValue } = permutationTest({ differences, random: createRandom(seed) });
    return { metric, difference: mean, interval, pValue, conclusion: conclude(interval) };
  });
  return { first: first.retriever, second: second.retriever, metrics };
}

function conclude(interval: [low: number, high: number] | null): string {
  if (interval === null) return "of a single query";
  const [low, high] = interval;
  return low <= 0 && high >= 0 ? "includes zero" : "excludes zero";
}
