/** A matrix of numbers, rows one after another. */
export type Matrix = { rows: number; columns: number; data: Float64Array };

export function createMatrix(rows: number, columns: number): Matrix {
  return { rows, columns, data: new Float64Array(rows * columns) };
}

/** A · Bᵀ. */
export function multiplyByTransposed(a: Matrix, b: Matrix): Matrix {
  const product = createMatrix(a.rows, b.rows);
  for (let row = 0; row < a.rows; row++) {
    for (let column = 0; column < b.rows; column++) {
      product.data[row * b.rows + column] = dot(a, row, b, column);
    }
  }
  return product;
}

/** The inner product of a row of `a` and a row of `b`. */
function dot(a: Matrix, row: number, b: Matrix, other: number): number {
  const { columns } = a;
  const first = row * columns;
  const second = other * columns;
  let sum = 0;
  for (let at = 0; at < columns; at++) sum += a.data[first + at]! * b.data[second + at]!;
  return sum;
}

/** A · B. */
export function multiply(a: Matrix, b: Matrix): Matrix {
  const product = createMatrix(a.rows, b.columns);
  for (let row = 0; row < a.rows; row++) {
    const target = product.data.subarray(row * b.columns, (row + 1) * b.columns);
    for (let inner = 0; inner < a.columns; inner++) {
      const factor = a.data[row * a.columns + inner]!;
      const first = inner * b.columns;
      if (factor === 0) continue;
      for (let column = 0; column < b.columns; column++) target[column]! += factor * b.data[first + column]!;
    }
  }
  return product;
}

/** Aᵀ · A: the inner products of the columns. */
export function gram({ rows, columns, data }: Matrix): Matrix {
  const products = createMatrix(columns, columns);
  // Four rows at a time: the products, which are many more than the samples, are read and written a fourth as often.
  const padded = new Float64Array(4 * columns);
  for (let row = 0; row < rows; row += 4) {
    padded.fill(0);
    padded.set(data.subarray(row * columns, Math.min(rows, row + 4) * columns));
    for (let i = 0; i < columns; i++) {
      const a = padded[i]!;
      const b = padded[columns + i]!;
      const c = padded[2 * columns + i]!;
      const d = padded[3 * columns + i]!;
      const first = i * columns;
      for (let j = i; j < columns; j++) {
        products.data[first + j]! +=
          a * padded[j]! +
          b * padded[columns + j]! +
          c * padded[2 * columns + j]! +
          d * padded[3 * columns + j]!;
      }
    }
  }
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < i; j++) products.data[i * columns + j] = products.data[j * columns + i]!;
  }
  return products;
}

/** The lower triangle L of a positive definite matrix L · Lᵀ (Cholesky). */
export function cholesky({ rows: size, data }: Matrix): Matrix {
  const factor = createMatrix(size, size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = data[row * size + column]!;
      for (let at = 0; at < column; at++) {
        sum -= factor.data[row * size + at]! * factor.data[column * size + at]!;
      }
      const pivot = factor.data[column * size + column]!;
      factor.data[row * size + column] = row === column ? Math.sqrt(Math.max(sum, 1e-12)) : sum / pivot;
    }
  }
  return factor;
}

/** X of L · X = B, L a lower triangle. */
export function solveLower(factor: Matrix, right: Matrix): Matrix {
  const { rows: size } = factor;
  const { columns } = right;
  const solution = { ...right, data: right.data.slice() };
  for (let row = 0; row < size; row++) {
    const target = solution.data.subarray(row * columns, (row + 1) * columns);
    for (let above = 0; above < row; above++) {
      const share = factor.data[row * size + above]!;
      const first = above * columns;
      for (let column = 0; column < columns; column++) {
        target[column]! -= share * solution.data[first + column]!;
      }
    }
    const pivot = factor.data[row * size + row]!;
    for (let column = 0; column < columns; column++) target[column]! /= pivot;
  }
  return solution;
}

export function transpose({ rows, columns, data }: Matrix): Matrix {
  const turned = createMatrix(columns, rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      turned.data[column * rows + row] = data[row * columns + column]!;
    }
  }
  return turned;
}
