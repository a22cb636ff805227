/** The vector at unit length; a zero vector stays zero. */
export function toUnitLength(values: Float32Array): Float32Array {
  const length = lengthOf(values);
  return length < 1e-9 ? values.fill(0) : values.map((value) => value / length);
}

/** The vector in its direction, its length l made l / √(1 + l²): short vectors stay as they are, no vector exceeds 1. */
export function boundLength(values: Float32Array): Float32Array {
  const bound = Math.hypot(1, lengthOf(values));
  return values.map((value) => value / bound);
}

function lengthOf(values: Float32Array): number {
  let squares = 0;
  for (const value of values) {
    squares += value * value;
  }
  return Math.sqrt(squares);
}

/**
 * Square roots of a histogram's shares: a unit vector whose inner product with another such vector is the Bhattacharyya
 * coefficient of the two histograms. An empty histogram stays zero.
 */
export function toRootShares(counts: Float32Array): Float32Array {
  return toUnitLength(counts.map(Math.sqrt));
}
