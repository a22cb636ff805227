import type { JudgedRanking } from "./case-metric.ts";
import type { EvaluatedCase } from "./evaluated-case.ts";

/** The ranking of a query with what is known of it. `candidates` are the cases of the library that could have been found. */
export function judgeRanking(request: {
  cases: readonly EvaluatedCase[];
  query: number;
  ranked: readonly { position: number; score: number }[];
  candidates: readonly number[];
  overlap: (a: number, b: number) => number;
}): JudgedRanking {
  const { cases, query, ranked, candidates, overlap } = request;
  return {
    overlaps: Float64Array.from(ranked, ({ position }) => overlap(query, position)),
    possible: Float64Array.from(candidates, (position) => overlap(query, position))
      .sort()
      .reverse(),
    neighbors: ranked.map(({ position, score }) => ({ class: cases[position]!.class, score })),
    class: cases[query]!.class,
  };
}
