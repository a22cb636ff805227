import { quantile } from "./quantile.ts";

/**
 * Interval for a mean by the percentile bootstrap over clusters: as many clusters as there are are drawn with replacement, the
 * mean of all values in them is taken, and this is repeated; the interval lies between the (1 − level) / 2 and (1 + level) / 2
 * quantiles (type 7) of those means (Efron and Tibshirani 1993, "An Introduction to the Bootstrap", chapter 13; Field and Welsh
 * 2007, "Bootstrapping clustered data", doi 10.1111/j.1467-9868.2007.00593.x). Values of one cluster may depend on each other
 * (images of a patient); where each value stands alone, each is a cluster of its own. The interval is a little narrow for few
 * clusters. `random` is uniform in [0, 1); `resamples` is 10,000 and `level` 0.95 unless told.
 * Throws `RangeError` for fewer than two clusters, an empty cluster, a value that is not finite, or an option out of range.
 */
export function bootstrapInterval(request: {
  clusters: readonly (readonly number[])[];
  random: () => number;
  resamples?: number;
  level?: number;
}): [low: number, high: number] {
  const { clusters, random, resamples = 10_000, level = 0.95 } = request;
  if (clusters.length < 2) throw new RangeError("A bootstrap interval needs at least two clusters.");
  if (!(level > 0 && level < 1)) throw new RangeError(`The level must lie between 0 and 1; it is ${level}.`);
  if (!(Number.isSafeInteger(resamples) && resamples > 0)) {
    throw new RangeError(`The number of resamples must be a positive integer; it is ${resamples}.`);
  }
  if (clusters.some((cluster) => cluster.length === 0)) throw new RangeError("A cluster holds no value.");
  const sizes = clusters.map((cluster) => cluster.length);
  const sums = clusters.map((cluster) => cluster.reduce((sum, value) => sum + value, 0));
  const means: number[] = [];
  for (let resample = 0; resample < resamples; resample++) {
    let sum = 0;
    let size = 0;
    for (let draw = 0; draw < clusters.length; draw++) {
      const cluster = Math.floor(random() * clusters.length);
      sum += sums[cluster]!;
      size += sizes[cluster]!;
    }
    means.push(sum / size);
  }
  return [quantile(means, (1 - level) / 2), quantile(means, (1 + level) / 2)];
}
