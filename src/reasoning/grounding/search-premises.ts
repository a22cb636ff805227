import { joinPremises, type Premise } from "./premises.ts";

/** A premise with the share (0–1) of a claim's terms, weighted by rarity, that it and its heading hold. */
export type Likeness = { premise: Premise; coverage: number };

export type PremiseSearch = {
  /** The premises that share most terms with a claim, best first; none that shares no term. Behind them pairs of neighboring sentences. */
  find(
    terms: ReadonlySet<string>,
    options: { among: (premise: Premise) => boolean; most: number },
  ): Likeness[];
};

/** What a title or heading holds counts less than what the sentence itself holds. */
const headingWeight = 0.75;

/** An index of premises by their terms. Weights are inverse document frequencies, log(1 + N / (df + ½)). */
export function createPremiseSearch(premises: readonly Premise[]): PremiseSearch {
  const own = new Map<string, number[]>();
  const heading = new Map<string, number[]>();
  for (const [index, { statement, context }] of premises.entries()) {
    for (const term of statement.terms) post(own, term, index);
    for (const term of context.terms) if (!statement.terms.has(term)) post(heading, term, index);
  }
  const weigh = (term: string) => Math.log(1 + premises.length / ((own.get(term)?.length ?? 0) + 0.5));

  return {
    find(terms, { among, most }) {
      const covered = new Float64Array(premises.length);
      const weights = new Map([...terms].map((term) => [term, weigh(term)]));
      const all = weights.values().reduce((sum, weight) => sum + weight, 0);
      if (all === 0) return [];
      for (const [term, weight] of weights) {
        for (const index of own.get(term) ?? []) covered[index]! += weight;
        for (const index of heading.get(term) ?? []) covered[index]! += weight * headingWeight;
      }
      const places = [...covered.keys()]
        .filter((index) => covered[index]! > 0 && among(premises[index]!))
        .sort((one, other) => covered[other]! - covered[one]! || one - other)
        .slice(0, most);
      const alone = places.map((index) => ({ premise: premises[index]!, coverage: covered[index]! / all }));
      const joined = places.flatMap((index) => [
        ...measure(joinPremises(premises[index - 1], premises[index])),
        ...measure(joinPremises(premises[index], premises[index + 1])),
      ]);
      return [...alone, ...joined.sort((one, other) => other.coverage - one.coverage)];

      function measure(premise: Premise | undefined): Likeness[] {
        if (!premise) return [];
        let sum = 0;
        for (const [term, weight] of weights) {
          if (premise.statement.terms.has(term)) sum += weight;
          else if (premise.context.terms.has(term)) sum += weight * headingWeight;
        }
        return [{ premise, coverage: sum / all }];
      }
    },
  };
}

function post(postings: Map<string, number[]>, term: string, index: number): void {
  const known = postings.get(term);
  if (known) known.push(index);
  else postings.set(term, [index]);
}
