import { clusterBootstrap, createRandom, wilsonInterval } from "#statistics";

/** A figure of 0 to 1 (a difference: −1 to 1) with its 95 % interval; null where there are too few clusters, or nothing to measure. */
export type Figure = { value: number; interval: [low: number, high: number] | null };

export type ClassFigures = Record<"accuracy" | "balancedAccuracy" | "macroF1" | "weightedF1", Figure>;

/** With more classes, as of golds that are free texts, figures by class have no interval. */
const mostClasses = 200;

/** An answer as figures see it: no label where nothing was read. `cluster` names what stands together in a resample. */
export type ReadAnswer = { gold: string; label: string | null; cluster: string };

/**
 * Accuracy; mean recall of the classes; mean F1 of them, and that weighted by their number. Classes are the golds, and for the mean F1
 * also the labels that were said (scikit-learn's union of labels); an answer without a label is wrong, and no class of its own. Intervals
 * are by cluster bootstrap (`clusterBootstrap`, 2,000 resamples, seeded); a class that a resample lacks does not count in it. Throws `RangeError` for no answer.
 */
export function classFigures(answers: readonly ReadAnswer[]): ClassFigures {
  const classes = [...new Set(answers.flatMap(({ gold, label }) => [gold, label ?? gold]))].sort();
  const position = new Map(classes.map((name, index) => [name, index]));
  const single =
    classes.length > mostClasses ? answers.map((answer) => ({ ...answer, cluster: "" })) : answers;
  const rows = sumByCluster(single, 3 * classes.length, (row, { gold, label }) => {
    const own = 3 * position.get(gold)!;
    row[own]! += 1;
    if (label === gold) row[own + 1]! += 1;
    const taken = label === null ? undefined : position.get(label);
    if (taken !== undefined) row[3 * taken + 2]! += 1;
  });
  const meanOf = (figure: (sums: Float64Array, at: number) => { value: number; weight: number }) =>
    estimate(rows, (sums) => {
      let [sum, weights] = [0, 0];
      for (let at = 0; at < 3 * classes.length; at += 3) {
        if (sums[at]! + sums[at + 2]! === 0) continue;
        const { value, weight } = figure(sums, at);
        sum += value * weight;
        weights += weight;
      }
      return sum / weights;
    });
  const recall = (sums: Float64Array, at: number) => sums[at + 1]! / sums[at]!;
  const f1 = (sums: Float64Array, at: number) => (2 * sums[at + 1]!) / (sums[at]! + sums[at + 2]!);
  return {
    accuracy: shareFigure(
      answers.map(({ gold, label, cluster }) => ({ value: label === gold ? 1 : 0, cluster })),
    ),
    balancedAccuracy: meanOf((sums, at) =>
      sums[at] === 0 ? { value: 0, weight: 0 } : { value: recall(sums, at), weight: 1 },
    ),
    macroF1: meanOf((sums, at) => ({ value: f1(sums, at), weight: 1 })),
    weightedF1: meanOf((sums, at) => ({ value: f1(sums, at), weight: sums[at]! })),
  };
}

/** The mean of values that are 0 or 1; where all are the same, its interval is Wilson's, each cluster counting once. */
function shareFigure(values: readonly { value: number; cluster: string }[]): Figure {
  const { value, interval } = meanFigure(values);
  if (interval === null || (value !== 0 && value !== 1)) return { value, interval };
  const clusters = new Set(values.map(({ cluster }) => cluster)).size;
  return { value, interval: wilsonInterval({ proportion: value, sampleSize: clusters }) };
}

/** The mean of values of answers, with its interval. */
export function meanFigure(values: readonly { value: number; cluster: string }[]): Figure {
  const rows = sumByCluster(values, 2, (row, { value }) => {
    row[0]! += value;
    row[1]! += 1;
  });
  return estimate(rows, (sums) => sums[0]! / sums[1]!);
}

/** Sums by cluster, in the order of their names, so that nothing depends on the order of a file. */
export function sumByCluster<Item extends { cluster: string }>(
  items: readonly Item[],
  length: number,
  add: (row: Float64Array, item: Item) => void,
): Float64Array[] {
  const rows = new Map<string, Float64Array>();
  for (const item of items) {
    const row = rows.get(item.cluster) ?? new Float64Array(length);
    rows.set(item.cluster, row);
    add(row, item);
  }
  return [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
}

function estimate(clusters: readonly Float64Array[], statistic: (sums: Float64Array) => number): Figure {
  const { estimate: value, interval } = clusterBootstrap({ clusters, statistic, random: createRandom(1) });
  return { value, interval };
}
