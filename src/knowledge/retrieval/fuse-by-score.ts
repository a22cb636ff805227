import { byScore, type Leg, type Ranked, type RankedList } from "./ranked-list.ts";

/**
 * Convex combination of scores (Bruch, Gai and Ingber 2023): each list's scores are stretched from its floor to its best as 0 to 1,
 * and a passage scores Σ weight × stretched score over the lists that have it. Several lists of one leg share its weight.
 */
export function fuseByScore(
  lists: readonly RankedList[],
  { weights }: { weights: Record<Leg, number> },
): Ranked[] {
  const scores = new Map<string, number>();
  for (const { leg, floor, hits } of lists) {
    const shared = lists.filter((list) => list.leg === leg).length;
    const best = hits[0]?.score ?? floor;
    for (const { id, score } of hits) {
      const stretched = best > floor ? (score - floor) / (best - floor) : 1;
      scores.set(id, (scores.get(id) ?? 0) + (weights[leg] / shared) * stretched);
    }
  }
  return [...scores].map(([id, score]) => ({ id, score })).sort(byScore);
}
