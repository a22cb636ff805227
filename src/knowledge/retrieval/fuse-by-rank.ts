import { byScore, type Leg, type Ranked, type RankedList } from "./ranked-list.ts";

/**
 * Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009): a passage scores Σ weight / (constant + rank) over the lists that have
 * it, ranks from 1. A larger constant lets deep ranks count more.
 */
export function fuseByRank(
  lists: readonly RankedList[],
  { constant, weights = { terms: 1, vectors: 1 } }: { constant: number; weights?: Record<Leg, number> },
): Ranked[] {
  const scores = new Map<string, number>();
  for (const { leg, hits } of lists) {
    for (const [index, { id }] of hits.entries()) {
      scores.set(id, (scores.get(id) ?? 0) + weights[leg] / (constant + index + 1));
    }
  }
  return [...scores].map(([id, score]) => ({ id, score })).sort(byScore);
}
