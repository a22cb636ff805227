import type { Neighbor } from "./case-metric.ts";

/**
 * The class that most of the first `k` neighbors have (Cover and Hart 1967, doi 10.1109/TIT.1967.1053964); of several that with the
 * higher sum of similarities, then the first in alphabetical order. Neighbors without a class take a place and do not vote; undefined
 * where none votes.
 */
export function vote(neighbors: readonly Neighbor[], k: number): string | undefined {
  const votes = new Map<string, { count: number; similarity: number }>();
  for (const { class: voted, score } of neighbors.slice(0, k)) {
    if (voted === undefined) continue;
    const { count, similarity } = votes.get(voted) ?? { count: 0, similarity: 0 };
    votes.set(voted, { count: count + 1, similarity: similarity + score });
  }
  let winner: string | undefined;
  for (const [name, { count, similarity }] of votes) {
    const best = winner === undefined ? undefined : votes.get(winner);
    const wins =
      !best ||
      count > best.count ||
      (count === best.count &&
        (similarity > best.similarity || (similarity === best.similarity && name < winner!)));
    if (wins) winner = name;
  }
  return winner;
}
