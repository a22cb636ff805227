/** How much a term tells, and how much of a wish a text fulfils. */
export type TermWeights = {
  /** Share (0–1) of the wanted terms, weighted by how rare they are, that the text has; 0 for no wanted terms. */
  coverage(wanted: ReadonlySet<string>, present: ReadonlySet<string>): number;
};

/**
 * Weights by inverse document frequency, log(1 + N / (df + ½)), among the texts of this round. With `queries`, the terms of the query that
 * found each text, a term is counted only in texts that were not found by it: those it was asked for have it, however rare it is.
 */
export function weighTerms(
  texts: readonly ReadonlySet<string>[],
  queries: readonly ReadonlySet<string>[] = [],
): TermWeights {
  const frequencies = count(texts.map((text, index) => text.difference(queries[index] ?? new Set())));
  const asked = count(queries);
  const weight = (term: string) => {
    const counted = Math.max(1, texts.length - (asked.get(term) ?? 0));
    return Math.log(1 + counted / ((frequencies.get(term) ?? 0) + 0.5));
  };
  return {
    coverage(wanted, present) {
      let covered = 0;
      let all = 0;
      for (const term of wanted) {
        const value = weight(term);
        all += value;
        if (present.has(term)) covered += value;
      }
      return all === 0 ? 0 : covered / all;
    },
  };
}

/** In how many sets each term is. */
function count(sets: readonly ReadonlySet<string>[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const set of sets) {
    for (const term of set) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  return counts;
}
