/** The axes along which samples vary most, with their variances, largest first: eigenvectors of the covariance by cyclic Jacobi turns. */
export function principalAxes(
  samples: readonly Float64Array[],
  { mean, count }: { mean: Float64Array; count: number },
): { direction: Float64Array; variance: number }[] {
  const length = mean.length;
  const matrix = covariance(samples, mean);
  const turned = Array.from({ length }, (_, row) =>
    Float64Array.from({ length }, (_, column) => (row === column ? 1 : 0)),
  );
  for (let sweep = 0; sweep < 12; sweep++) {
    for (let p = 0; p < length - 1; p++) {
      for (let q = p + 1; q < length; q++) turn(matrix, turned, p, q);
    }
  }
  return Array.from({ length }, (_, axis) => ({
    direction: Float64Array.from(turned, (row) => row[axis]!),
    variance: matrix[axis]![axis]!,
  }))
    .toSorted((first, second) => second.variance - first.variance)
    .slice(0, count);
}

function covariance(samples: readonly Float64Array[], mean: Float64Array): Float64Array[] {
  const length = mean.length;
  const matrix = Array.from({ length }, () => new Float64Array(length));
  for (const sample of samples) {
    const difference = sample.map((value, index) => value - mean[index]!);
    for (let row = 0; row < length; row++) {
      const line = matrix[row]!;
      const share = difference[row]! / samples.length;
      for (let column = 0; column < length; column++) line[column]! += share * difference[column]!;
    }
  }
  return matrix;
}

/** One Jacobi turn that brings the entry (p, q) to zero (Golub and Van Loan, section 8.5). */
function turn(matrix: Float64Array[], turned: Float64Array[], p: number, q: number): void {
  const entry = matrix[p]![q]!;
  if (Math.abs(entry) < 1e-12) return;
  const ratio = (matrix[q]![q]! - matrix[p]![p]!) / (2 * entry);
  const tangent = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.sqrt(1 + ratio * ratio));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = tangent * cosine;
  const mixed = (line: Float64Array) => {
    const [first, second] = [line[p]!, line[q]!];
    line[p] = cosine * first - sine * second;
    line[q] = sine * first + cosine * second;
  };
  for (const line of matrix) mixed(line);
  const [rowP, rowQ] = [matrix[p]!, matrix[q]!];
  for (let column = 0; column < rowP.length; column++) {
    const [first, second] = [rowP[column]!, rowQ[column]!];
    rowP[column] = cosine * first - sine * second;
    rowQ[column] = sine * first + cosine * second;
  }
  for (const line of turned) mixed(line);
}
