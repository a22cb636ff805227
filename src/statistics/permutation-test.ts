/** Differences other than 0 up to which every assignment of signs is gone through: 2¹⁶ of them. */
const exactLimit = 16;
/** Share of the sum of all sizes by which two sums may differ and still count as equal, against rounding. */
const tolerance = 1e-12;

/**
 * Paired randomization test, two-sided: could the mean of the differences be this far from 0 if each had come out with either
 * sign with equal chance (Fisher 1935, "The Design of Experiments", section 21; for retrieval Smucker et al. 2007,
 * doi 10.1145/1321440.1321528)? Differences of 0 tell nothing and are passed over. With at most 16 others every assignment of
 * signs is counted (`exact`); with more, `resamples` of them are drawn, 10,000 unless told, and p is (b + 1) / (resamples + 1), so
 * it is never 0 (Phipson and Smyth 2010, doi 10.2202/1544-6115.1585). p is 1 where there is no difference at all.
 * `random` is uniform in [0, 1). Throws `RangeError` on a difference that is not finite, or `resamples` out of range.
 */
export function permutationTest(request: {
  differences: readonly number[];
  random: () => number;
  resamples?: number;
}): { pValue: number; exact: boolean } {
  const { random, resamples = 10_000 } = request;
  const unfit = request.differences.find((difference) => !Number.isFinite(difference));
  if (unfit !== undefined) throw new RangeError(`The differences must be finite; one is ${unfit}.`);
  if (!(Number.isSafeInteger(resamples) && resamples > 0)) {
    throw new RangeError(`The number of resamples must be a positive integer; it is ${resamples}.`);
  }
  const differences = request.differences.filter((difference) => difference !== 0);
  const size = differences.reduce((sum, difference) => sum + Math.abs(difference), 0);
  const observed = Math.abs(differences.reduce((sum, difference) => sum + difference, 0));
  const least = observed - tolerance * size;
  if (differences.length <= exactLimit) {
    const assignments = 2 ** differences.length;
    return { pValue: countExtreme(differences, least) / assignments, exact: true };
  }
  let extreme = 0;
  for (let resample = 0; resample < resamples; resample++) {
    let sum = 0;
    for (const difference of differences) sum += random() < 0.5 ? difference : -difference;
    if (Math.abs(sum) >= least) extreme++;
  }
  return { pValue: (extreme + 1) / (resamples + 1), exact: false };
}

/** How many of all assignments of signs give a sum of at least this size. Bit i of the number tells the sign of difference i. */
function countExtreme(differences: readonly number[], least: number): number {
  let extreme = 0;
  for (let signs = 0; signs < 2 ** differences.length; signs++) {
    let sum = 0;
    for (const [index, difference] of differences.entries())
      sum += (signs >> index) & 1 ? difference : -difference;
    if (Math.abs(sum) >= least) extreme++;
  }
  return extreme;
}
