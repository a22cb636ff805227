import { clusterBootstrap, createRandom } from "#statistics";

const neighbors = 11;
const splitCount = 20;

export type Split = { library: number[]; queries: number[] };

/** Seeded splits of positions by group: a quarter of the groups asks, the others are the library. */
export function splitByGroup(positions: readonly number[], groupOf: (position: number) => string): Split[] {
  return Array.from({ length: splitCount }, (_, seed) => {
    const random = createRandom(seed);
    const groups = [...new Set(positions.map(groupOf))].sort();
    for (let at = groups.length - 1; at > 0; at--) {
      const other = Math.floor(random() * (at + 1));
      [groups[at], groups[other]] = [groups[other]!, groups[at]!];
    }
    const asking = new Set(groups.slice(0, Math.round(groups.length / 4)));
    return {
      library: positions.filter((position) => !asking.has(groupOf(position))),
      queries: positions.filter((position) => asking.has(groupOf(position))),
    };
  });
}

/** What most of the 11 most similar of `library` are; of classes with as many votes the one with the higher sum of similarities. */
export function vote(
  library: readonly number[],
  similarity: (position: number) => number,
  classOf: (position: number) => string,
): string {
  const ranked = library
    .map((position) => ({ position, score: similarity(position) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, neighbors);
  const votes = new Map<string, { count: number; sum: number }>();
  for (const { position, score } of ranked) {
    const { count, sum } = votes.get(classOf(position)) ?? { count: 0, sum: 0 };
    votes.set(classOf(position), { count: count + 1, sum: sum + score });
  }
  const [winner] = [...votes].sort(([, a], [, b]) => b.count - a.count || b.sum - a.sum);
  return winner?.[0] ?? "";
}

/** Whether a query of a split was answered right. */
export type Trial = { split: number; group: string; class: string; right: boolean };

/** A mean over the splits with its interval of 95 %. */
export type Estimate = { estimate: number; interval: [number, number] | null };

/**
 * Balanced accuracy, the mean over classes of the share of right answers, averaged over the splits; with `other`, trials of another way
 * on the same queries, how much higher it is. Splits share cases, so they are no sample: the interval is of a bootstrap over the groups
 * (patients, slides), each of which takes all its trials in all splits along.
 */
export function balancedAccuracy(trials: readonly Trial[], other: readonly Trial[] = []): Estimate {
  const classes = [...new Set(trials.map((trial) => trial.class))].sort();
  const size = splitCount * classes.length;
  const rows = new Map<string, Float64Array>();
  const count = (list: readonly Trial[], offset: number) => {
    for (const { split, group, class: name, right } of list) {
      const row = rows.get(group) ?? new Float64Array(4 * size);
      rows.set(group, row);
      const at = split * classes.length + classes.indexOf(name);
      row[offset + at]! += 1;
      row[offset + size + at]! += right ? 1 : 0;
    }
  };
  count(trials, 0);
  count(other, 2 * size);
  const statistic = (sums: Float64Array) =>
    meanOverSplits(sums, 0, classes.length) -
    (other.length === 0 ? 0 : meanOverSplits(sums, 2 * size, classes.length));
  return clusterBootstrap({ clusters: [...rows.values()], statistic, random: createRandom(1) });
}

function meanOverSplits(sums: Float64Array, offset: number, classes: number): number {
  const accuracies: number[] = [];
  for (let split = 0; split < splitCount; split++) {
    const shares: number[] = [];
    for (let at = split * classes; at < (split + 1) * classes; at++) {
      const all = sums[offset + at]!;
      if (all > 0) shares.push(sums[offset + splitCount * classes + at]! / all);
    }
    if (shares.length > 0) accuracies.push(mean(shares));
  }
  return mean(accuracies);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
