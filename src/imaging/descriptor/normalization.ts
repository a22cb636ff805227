/** The vector at unit length; a zero vector stays zero. */
export function toUnitLength(values: Float32Array): Float32Array {
  let squares = 0;
  for (const value of values) {
    squares += value * value;
  }
  const length = Math.sqrt(squares);
  return length < 1e-9 ? values.fill(0) : values.map((value) => value / length);
}

/**
 * Square roots of a histogram's shares: a unit vector whose inner product with another such vector is the Bhattacharyya
 * coefficient of the two histograms. An empty histogram stays zero.
 */
export function toRootShares(counts: Float32Array): Float32Array {
  return toUnitLength(counts.map(Math.sqrt));
}
