/** A passage by its id, with the score of whoever ranked it; with its record where the store gave it along. */
export type Ranked = { id: string; score: number; record?: string };

/**
 * What one leg found, best first: BM25 over terms, or cosine over the vectors of one embedder. A passage that is not in it would
 * score `floor` at the most.
 */
export type RankedList = { leg: Leg; stage: string; floor: number; hits: readonly Ranked[] };

/** `terms` is BM25; `vectors` stands for one list an embedder. */
export type Leg = "terms" | "vectors";

/** By score, best first; equal scores by id, so that every store gives the same order. */
export function byScore(a: Ranked, b: Ranked): number {
  return b.score - a.score || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/**
 * Lists of one leg from several corpora as one, by raw score: MedRAG ranks what a retriever found in all corpora before it fuses
 * retrievers. Scores must be of one scale. A passage stands once, at its best.
 */
export function mergeByScore(lists: readonly (readonly Ranked[])[]): Ranked[] {
  const best = new Map<string, Ranked>();
  for (const hit of lists.flat()) {
    const known = best.get(hit.id);
    if (!known || hit.score > known.score) best.set(hit.id, hit);
  }
  return [...best.values()].sort(byScore);
}
