import { describe, expect, it } from "vitest";
import { leadingEigenvectors, symmetricEigenvectors } from "./fit-eigenvectors.ts";
import {
  cholesky,
  createMatrix,
  gram,
  type Matrix,
  multiply,
  multiplyByTransposed,
  solveLower,
  transpose,
} from "./fit-linear-algebra.ts";

/** A matrix with the same numbers at each run. */
function made(rows: number, columns: number): Matrix {
  const data = Float64Array.from({ length: rows * columns }, (_, at) => Math.sin(at * at + 1));
  return { rows, columns, data };
}

function expectClose(actual: Matrix, expected: Matrix): void {
  expect([actual.rows, actual.columns]).toEqual([expected.rows, expected.columns]);
  const largest = actual.data.reduce(
    (most, value, at) => Math.max(most, Math.abs(value - expected.data[at]!)),
    0,
  );
  expect(largest).toBeLessThan(1e-8);
}

function identity(size: number): Matrix {
  const matrix = createMatrix(size, size);
  for (let at = 0; at < size; at++) matrix.data[at * size + at] = 1;
  return matrix;
}

describe("linear algebra of the fit", () => {
  it("multiplies columns by columns as it multiplies matrices, whatever the number of rows", () => {
    for (const rows of [1, 4, 7]) {
      const matrix = made(rows, 5);
      expectClose(gram(matrix), multiply(transpose(matrix), matrix));
      expectClose(multiplyByTransposed(matrix, matrix), multiply(matrix, transpose(matrix)));
    }
  });

  it("factors a positive definite matrix and solves with the factor", () => {
    const matrix = gram(made(20, 6));
    const factor = cholesky(matrix);
    expectClose(multiplyByTransposed(factor, factor), matrix);
    expectClose(multiply(factor, solveLower(factor, made(6, 3))), made(6, 3));
  });

  it("finds all eigenvectors, from the largest value on", () => {
    const matrix = gram(made(30, 8));
    const { values, vectors } = symmetricEigenvectors(matrix);
    expectClose(multiplyByTransposed(vectors, vectors), identity(8));
    expect(values).toEqual([...values].sort((a, b) => b - a));
    const scaled = multiply(vectors, matrix);
    for (const [row, value] of values.entries()) {
      for (let at = 0; at < 8; at++) {
        expect(scaled.data[row * 8 + at]).toBeCloseTo(value * vectors.data[row * 8 + at]!, 7);
      }
    }
  });

  it("finds the leading eigenvalues of a large matrix as the whole decomposition does", () => {
    const root = made(100, 90);
    for (let at = 0; at < root.data.length; at++) root.data[at]! *= 0.9 ** (at % 90);
    const matrix = gram(root);
    const { values, vectors } = leadingEigenvectors(matrix, 10);
    const all = symmetricEigenvectors(matrix).values;
    for (const [at, value] of values.entries()) expect(value / all[at]!).toBeCloseTo(1, 4);
    expectClose(multiplyByTransposed(vectors, vectors), identity(10));
  });

  it("gives zeros for directions that a matrix of low rank does not have", () => {
    const { values, vectors } = leadingEigenvectors(gram(made(3, 80)), 10);
    expect(values.slice(3).every((value) => Math.abs(value) < 1e-8)).toBe(true);
    expect(vectors.data.every(Number.isFinite)).toBe(true);
  });
});
