/**
 * How many equally weighted observations the weights are worth: (Σw)² / Σw² (Kish 1965, "Survey Sampling").
 * Between 1 and the number of positive weights; 0 where there is none. Only the ratios of the weights count.
 * Throws `RangeError` on a weight that is negative or not finite.
 */
export function effectiveSampleSize(weights: readonly number[]): number {
  let largest = 0;
  for (const weight of weights) {
    if (!(weight >= 0 && weight < Infinity)) {
      throw new RangeError(`A weight must be finite and not negative; one is ${weight}.`);
    }
    largest = Math.max(largest, weight);
  }
  if (largest === 0) return 0;
  let sum = 0;
  let squares = 0;
  for (const weight of weights) {
    const share = weight / largest;
    sum += share;
    squares += share * share;
  }
  return (sum * sum) / squares;
}
