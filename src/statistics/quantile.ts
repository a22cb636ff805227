/**
 * Quantile by linear interpolation of the order statistics (type 7 of Hyndman and Fan 1996, the default of R and NumPy).
 * `q` is in 0..1; the values need no order and are not changed.
 * Throws `RangeError` where there are no values, one is not finite, or q is out of range.
 */
export function quantile(values: readonly number[], q: number): number {
  if (!(q >= 0 && q <= 1)) throw new RangeError(`q must lie in 0..1; it is ${q}.`);
  if (values.length === 0) throw new RangeError("A quantile needs at least one value.");
  const sorted = Float64Array.from(values).sort();
  const unfit = sorted.find((value) => !Number.isFinite(value));
  if (unfit !== undefined) throw new RangeError(`The values must be finite; one is ${unfit}.`);
  const position = q * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  const fraction = position - below;
  return low * (1 - fraction) + high * fraction;
}

/** The 0.5 quantile: the middle value, or the mean of the middle two. Throws `RangeError` as `quantile` does. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
