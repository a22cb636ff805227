import { clusterBootstrap, createRandom } from "#statistics";
import { commonest } from "./split-cases.ts";

/** A query's figure in one split; `cluster` is what it depends on others of, `image` the query's position. */
export type ScoredQuery = {
  cluster: string;
  image: number;
  class: string | undefined;
  value: number;
};

/** A mean with its 95 % interval (null for fewer than two clusters), and of how many images and clusters it is. */
export type Summary = {
  mean: number;
  interval: [low: number, high: number] | null;
  images: number;
  clusters: number;
};

/**
 * The mean over all queries of all splits, or over "classes" the mean of the means of each class. The interval is a cluster bootstrap
 * with 2,000 resamples: groups are drawn with replacement, over "classes" as many of each class as there are, and a group that is drawn
 * counts in every split in which it is asked about. So it tells how the figure depends on the patients or slides asked about, with the
 * libraries as they were, and asking about the same patients in more splits does not make it narrower.
 * Undefined where there is no value.
 */
export function summarizeValues(request: {
  values: readonly ScoredQuery[];
  over: "images" | "classes";
  seed: number;
}): Summary | undefined {
  const { over, seed } = request;
  const isOfClass = over === "classes";
  const values = isOfClass ? request.values.filter((value) => value.class !== undefined) : request.values;
  if (values.length === 0) return undefined;
  const classes = isOfClass ? [...new Set(values.map((value) => value.class))].sort() : [undefined];
  // By name, so that the order of the cases plays no part.
  const clusters = [...Map.groupBy(values, ({ cluster }) => cluster)].sort(([a], [b]) => (a < b ? -1 : 1));
  const { estimate, interval } = clusterBootstrap({
    clusters: clusters.map(([, own]) => sumByClass(own, classes)),
    ...(isOfClass
      ? { strata: clusters.map(([, own]) => commonest(own.map((value) => value.class)) ?? "") }
      : {}),
    statistic: meanOfMeans,
    random: createRandom(seed),
  });
  const images = new Set(values.map(({ image }) => image)).size;
  return { mean: estimate, interval, images, clusters: clusters.length };
}

/** Sum and count of each class, side by side; of all values where the only class is undefined. */
function sumByClass(values: readonly ScoredQuery[], classes: readonly (string | undefined)[]): Float64Array {
  const sums = new Float64Array(2 * classes.length);
  for (const { class: own, value } of values) {
    const cell = classes.length === 1 ? 0 : classes.indexOf(own);
    sums[2 * cell] = sums[2 * cell]! + value;
    sums[2 * cell + 1] = sums[2 * cell + 1]! + 1;
  }
  return sums;
}

/** A class of which nothing is there does not count. */
function meanOfMeans(sums: Float64Array): number {
  let means = 0;
  let classes = 0;
  for (let cell = 0; cell < sums.length; cell += 2) {
    const count = sums[cell + 1]!;
    if (count === 0) continue;
    means += sums[cell]! / count;
    classes++;
  }
  return classes === 0 ? Number.NaN : means / classes;
}
