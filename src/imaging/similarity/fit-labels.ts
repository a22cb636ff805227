import {
  cholesky,
  createMatrix,
  gram,
  type Matrix,
  multiply,
  solveLower,
  transpose,
} from "./fit-linear-algebra.ts";

/** A label must be on so many cases to be told from chance, and no more labels than this many are fitted, the most frequent ones. */
const fewestCases = 3;
const mostLabels = 64;

/**
 * Splits centered rows, one a case, into what the labels say of them and what is left: a linear regression on one indicator a label
 * (1 where the case has it; ridge of one case). For cases of one label each what is left is the difference from the mean of their
 * class; cases of several labels get the sum of their labels' effects; without labels everything is left. Changes `rows` to what is
 * left; the result's rows are a square root E of the covariance that the labels explain, Eᵀ · E, at most one row a label.
 */
export function removeLabelEffects(rows: Matrix, labels: readonly (readonly string[])[]): Matrix {
  const indicators = centeredIndicators(labels);
  const count = indicators.columns;
  if (count === 0) return createMatrix(0, rows.columns);
  const products = gram(indicators);
  const ridged = { ...products, data: products.data.slice() };
  for (let at = 0; at < count; at++) ridged.data[at * count + at]! += 1;
  const effects = solve(ridged, multiply(transpose(indicators), rows));
  const explained = multiply(indicators, effects);
  for (let at = 0; at < rows.data.length; at++) rows.data[at]! -= explained.data[at]!;
  // Indicators may depend on each other: two labels of which each case has one.
  for (let at = 0; at < count; at++) products.data[at * count + at]! += 1e-6 * rows.rows;
  const root = multiply(transpose(cholesky(products)), effects);
  const scale = Math.sqrt(1 / rows.rows);
  for (let at = 0; at < root.data.length; at++) root.data[at]! *= scale;
  return root;
}

function centeredIndicators(labels: readonly (readonly string[])[]): Matrix {
  const names = chooseLabels(labels);
  const columns = new Map(names.map((name, column) => [name, column]));
  const indicators = createMatrix(labels.length, names.length);
  for (const [row, own] of labels.entries()) {
    for (const label of own) {
      const column = columns.get(label);
      if (column !== undefined) indicators.data[row * names.length + column] = 1;
    }
  }
  for (let column = 0; column < names.length; column++) {
    let sum = 0;
    for (let row = 0; row < labels.length; row++) sum += indicators.data[row * names.length + column]!;
    const mean = sum / labels.length;
    for (let row = 0; row < labels.length; row++) indicators.data[row * names.length + column]! -= mean;
  }
  return indicators;
}

function chooseLabels(labels: readonly (readonly string[])[]): string[] {
  const counts = new Map<string, number>();
  for (const own of labels) {
    for (const label of new Set(own)) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count >= fewestCases && count < labels.length)
    .sort(([a, first], [b, second]) => second - first || (a < b ? -1 : 1))
    .slice(0, mostLabels)
    .map(([label]) => label);
}

/** X of A · X = B, A positive definite. */
function solve(matrix: Matrix, right: Matrix): Matrix {
  const factor = cholesky(matrix);
  return solveUpper(factor, solveLower(factor, right));
}

/** X of Lᵀ · X = B, L a lower triangle. */
function solveUpper(factor: Matrix, right: Matrix): Matrix {
  const { rows: size } = factor;
  const { columns } = right;
  const solution = { ...right, data: right.data.slice() };
  for (let row = size - 1; row >= 0; row--) {
    const target = solution.data.subarray(row * columns, (row + 1) * columns);
    for (let below = row + 1; below < size; below++) {
      const share = factor.data[below * size + row]!;
      for (let column = 0; column < columns; column++) {
        target[column]! -= share * solution.data[below * columns + column]!;
      }
    }
    const pivot = factor.data[row * size + row]!;
    for (let column = 0; column < columns; column++) target[column]! /= pivot;
  }
  return solution;
}
