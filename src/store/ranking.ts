import type { ScoredRow } from "./collection.ts";

/** The order of hits on every store: the higher score first, and of two equal ones the lower id. */
export function byScoreThenId(a: ScoredRow, b: ScoredRow): number {
  return b.score - a.score || (a.row.id < b.row.id ? -1 : Number(a.row.id > b.row.id));
}

/** A tie longer than this is cut where the store cuts it. */
const longestTie = 1_000;

/**
 * The `top` best in the order of `byScoreThenId`, of a store that orders equal scores as it likes: where the cut falls into a tie,
 * more are asked for until the tie ends.
 */
export async function rankWithTies(
  top: number,
  search: (top: number) => Promise<ScoredRow[]>,
): Promise<ScoredRow[]> {
  for (let asked = top + 1; ; asked *= 4) {
    const hits = await search(asked);
    const tied = hits.length === asked && hits[asked - 1]?.score === hits[top - 1]?.score;
    if (!tied || asked > top + longestTie) return hits.sort(byScoreThenId).slice(0, top);
  }
}
