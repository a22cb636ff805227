import { MedRoundsError } from "#contracts";
import { createRandom } from "#statistics";
import type { EvaluatedCase } from "./evaluated-case.ts";

/** Positions of the cases that are asked about, and of those that may be found, both ascending. */
export type CaseSplit = { queries: readonly number[]; library: readonly number[] };

/** One group of four is asked about. */
const groupsPerQuery = 4;

/**
 * `count` splits of the groups: a quarter of them are queries, the rest the library, so that four splits in a row ask about each group
 * once (four-fold cross-validation, repeated). Stratified: groups lie in the order of the class that most of their cases have, at
 * random within it, and every fourth is taken, so that of each class a quarter of the groups is taken, give or take one. The same cases
 * in any order and the same seed give the same splits, and the first of more splits are those of fewer. `groups` names the group of
 * each case.
 * Throws `cases-too-few` for fewer than four groups.
 */
export function splitCases(request: {
  cases: readonly EvaluatedCase[];
  groups: readonly string[];
  count: number;
  seed: number;
}): CaseSplit[] {
  const { cases, groups, count, seed } = request;
  const strata = stratify(cases, groups);
  const total = strata.reduce((sum, stratum) => sum + stratum.length, 0);
  if (total < groupsPerQuery) {
    throw new MedRoundsError(
      "cases-too-few",
      `A split needs at least four groups of cases; there are ${total}.`,
      {
        groups: total,
      },
    );
  }
  const random = createRandom(seed);
  const positions = [...cases.keys()];
  let order: string[] = [];
  return Array.from({ length: count }, (_, number) => {
    const fold = number % groupsPerQuery;
    if (fold === 0) order = strata.flatMap((stratum) => shuffle(stratum, random));
    const asked = new Set(order.filter((_, index) => index % groupsPerQuery === fold));
    return {
      queries: positions.filter((position) => asked.has(groups[position]!)),
      library: positions.filter((position) => !asked.has(groups[position]!)),
    };
  });
}

/** Names of groups by the class that most of their cases have; classes and names in alphabetical order. */
function stratify(cases: readonly EvaluatedCase[], groups: readonly string[]): string[][] {
  const members = Map.groupBy(cases.keys(), (position) => groups[position]!);
  const named = [...members].map(([group, positions]) => ({
    group,
    class: commonest(positions.map((position) => cases[position]!.class)) ?? "",
  }));
  named.sort((a, b) => compare(a.class, b.class) || compare(a.group, b.group));
  return [...Map.groupBy(named, (entry) => entry.class).values()].map((stratum) =>
    stratum.map(({ group }) => group),
  );
}

/** What most of the values are, of several the first in alphabetical order; undefined where none is known. */
export function commonest(values: readonly (string | undefined)[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) {
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const [best] = [...counts].sort(([a, countA], [b, countB]) => countB - countA || compare(a, b));
  return best?.[0];
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function shuffle(names: readonly string[], random: () => number): string[] {
  const shuffled = [...names];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
  }
  return shuffled;
}

/**
 * Checks that no known patient and no known slide is both asked about and in the library. Throws `split-leaking`, with the numbers of
 * patients and slides.
 */
export function checkSplit({ queries, library }: CaseSplit, cases: readonly EvaluatedCase[]): void {
  const shared = (known: (found: EvaluatedCase) => string) => {
    const there = new Set(library.map((position) => known(cases[position]!)));
    const both = new Set(
      queries.map((position) => known(cases[position]!)).filter((name) => there.has(name)),
    );
    both.delete("");
    return both.size;
  };
  const patients = shared(({ patient }) => patient);
  const slides = shared(({ slide }) => slide);
  if (patients + slides === 0) return;
  throw new MedRoundsError(
    "split-leaking",
    `Of ${patients} patients and ${slides} slides, images stand on both sides of a split.`,
    { patients, slides },
  );
}
