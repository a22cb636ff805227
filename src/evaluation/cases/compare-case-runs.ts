import type { CaseFigure, CaseRun } from "./run-case-retrieval.ts";
import { type Summary, summarizeValues } from "./summarize-values.ts";

/** How the second retriever differs from the first on the same queries: each `mean` is of second minus first. */
export type CaseComparison = {
  first: string;
  second: string;
  differences: (CaseFigure & { conclusion: string })[];
};

/**
 * Compares two runs over the same queries of the same splits, pairing them by both; intervals as of `summarizeValues`. Throws
 * `RangeError` where the queries are not the same.
 */
export function compareCaseRuns(request: { first: CaseRun; second: CaseRun; seed: number }): CaseComparison {
  const { first, second, seed } = request;
  const keyOf = ({ split, id }: CaseRun["queries"][number]) => JSON.stringify([split, id]);
  const others = new Map(second.queries.map((query) => [keyOf(query), query]));
  if (others.size !== first.queries.length || first.queries.some((query) => !others.has(keyOf(query)))) {
    throw new RangeError("Two runs can be compared over the same queries only.");
  }
  const images = new Map([...new Set(first.queries.map(({ id }) => id))].map((id, image) => [id, image]));
  const differences = first.figures.flatMap(({ metric, score, over }) => {
    const values = first.queries.flatMap((query) => {
      const before = query.scores[score] ?? null;
      const after = others.get(keyOf(query))?.scores[score] ?? null;
      if (before === null || after === null) return [];
      const { group, id } = query;
      const value = after - before;
      return [{ cluster: group, image: images.get(id)!, class: query.class ?? undefined, value }];
    });
    const summary = summarizeValues({ values, over, seed });
    if (!summary) return [];
    return [{ metric, score, over, ...summary, conclusion: conclude(summary.interval) }];
  });
  return { first: first.retriever, second: second.retriever, differences };
}

function conclude(interval: Summary["interval"]): string {
  if (interval === null) return "of a single group";
  return interval[0] <= 0 && interval[1] >= 0 ? "includes zero" : "excludes zero";
}
