import { createMatrix, type Matrix, multiply, multiplyByTransposed } from "./fit-linear-algebra.ts";

/** Eigenvalues from the largest on, and their unit vectors, one a row. */
export type Eigenvectors = { values: number[]; vectors: Matrix };

const sweeps = 30;
const iterations = 6;
/** More vectors than asked for, so that the last of them converge too. */
const guards = 16;

/** All eigenvectors of a symmetric matrix, by Jacobi's rotations in cyclic order (Golub and Van Loan, section 8.5). */
export function symmetricEigenvectors(matrix: Matrix): Eigenvectors {
  const { rows: size } = matrix;
  const a = matrix.data.slice();
  const vectors = createMatrix(size, size);
  for (let at = 0; at < size; at++) vectors.data[at * size + at] = 1;
  for (let sweep = 0; sweep < sweeps && !isDiagonal(a, size); sweep++) {
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) rotate({ a, vectors: vectors.data, size, p, q });
    }
  }
  const order = Array.from({ length: size }, (_, at) => at).sort(
    (x, y) => a[y * size + y]! - a[x * size + x]!,
  );
  const sorted = createMatrix(size, size);
  for (const [row, at] of order.entries()) {
    sorted.data.set(vectors.data.subarray(at * size, (at + 1) * size), row * size);
  }
  return { values: order.map((at) => a[at * size + at]!), vectors: sorted };
}

function isDiagonal(a: Float64Array, size: number): boolean {
  let diagonal = 0;
  let rest = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const square = a[row * size + column]! ** 2;
      if (row === column) diagonal += square;
      else rest += square;
    }
  }
  return rest <= 1e-20 * diagonal;
}

/** Makes the element (p, q) zero by turning rows and columns p and q. */
function rotate(turn: { a: Float64Array; vectors: Float64Array; size: number; p: number; q: number }): void {
  const { a, vectors, size, p, q } = turn;
  const off = a[p * size + q]!;
  if (Math.abs(off) < 1e-300) return;
  const theta = (a[q * size + q]! - a[p * size + p]!) / (2 * off);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  const mix = (values: Float64Array, first: number, second: number, step: number) => {
    for (let at = 0; at < size; at++) {
      const x = values[first + at * step]!;
      const y = values[second + at * step]!;
      values[first + at * step] = cosine * x - sine * y;
      values[second + at * step] = sine * x + cosine * y;
    }
  };
  mix(a, p, q, size);
  mix(a, p * size, q * size, 1);
  mix(vectors, p * size, q * size, 1);
}

/**
 * The eigenvectors of the `count` largest eigenvalues of a symmetric matrix without negative ones, by subspace iteration from a fixed
 * start, with a last Rayleigh–Ritz step (Golub and Van Loan, section 8.2). The last ones may be inexact where eigenvalues are close.
 */
export function leadingEigenvectors(matrix: Matrix, count: number): Eigenvectors {
  const { rows: size } = matrix;
  const width = Math.min(size, count + guards);
  if (size <= 64) return first(symmetricEigenvectors(matrix), count);
  let basis = createMatrix(width, size);
  fillEvenly(basis.data);
  orthonormalize(basis);
  for (let iteration = 0; iteration < iterations; iteration++) {
    basis = multiply(basis, matrix);
    orthonormalize(basis);
  }
  // Once more, for what rounding left of one row in another.
  orthonormalize(basis);
  const inside = symmetricEigenvectors(multiplyByTransposed(multiply(basis, matrix), basis));
  return first({ ...inside, vectors: multiply(inside.vectors, basis) }, count);
}

function first({ values, vectors }: Eigenvectors, count: number): Eigenvectors {
  const rows = Math.min(count, vectors.rows);
  const data = vectors.data.subarray(0, rows * vectors.columns);
  return { values: values.slice(0, rows), vectors: { ...vectors, rows, data } };
}

/** Numbers from −1 to 1 without a pattern, the same at each call: a linear congruential generator (Numerical Recipes). */
function fillEvenly(values: Float64Array): void {
  let state = 1;
  for (let at = 0; at < values.length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    values[at] = state / 2 ** 31 - 1;
  }
}

/** Makes the rows orthonormal (modified Gram–Schmidt); a row that depends on those above it becomes zero. */
function orthonormalize({ rows, columns, data }: Matrix): void {
  for (let row = 0; row < rows; row++) {
    const own = data.subarray(row * columns, (row + 1) * columns);
    const before = lengthOf(own);
    for (let above = 0; above < row; above++) subtractShare(own, data, above * columns);
    const length = lengthOf(own);
    const scale = length > 1e-10 * before ? 1 / length : 0;
    for (let at = 0; at < columns; at++) own[at]! *= scale;
  }
}

function subtractShare(own: Float64Array, data: Float64Array, start: number): void {
  let share = 0;
  for (let at = 0; at < own.length; at++) share += own[at]! * data[start + at]!;
  for (let at = 0; at < own.length; at++) own[at]! -= share * data[start + at]!;
}

function lengthOf(values: Float64Array): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares);
}
