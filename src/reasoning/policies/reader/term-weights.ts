/** How much a term tells, and how much of a wish a text fulfils. */
export type TermWeights = {
  /** Share (0–1) of the wanted terms, weighted by how rare they are, that the text has; 0 for no wanted terms. */
  coverage(wanted: ReadonlySet<string>, present: ReadonlySet<string>): number;
};

/** Weights by inverse document frequency, log(1 + N / (df + ½)), among the texts of this round. */
export function weighTerms(texts: readonly ReadonlySet<string>[]): TermWeights {
  const frequencies = new Map<string, number>();
  for (const text of texts) {
    for (const term of text) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
  }
  const weight = (term: string) => Math.log(1 + texts.length / ((frequencies.get(term) ?? 0) + 0.5));
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
