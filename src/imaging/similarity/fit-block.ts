import { leadingEigenvectors, symmetricEigenvectors } from "./fit-eigenvectors.ts";
import { removeLabelEffects } from "./fit-labels.ts";
import {
  cholesky,
  createMatrix,
  gram,
  type Matrix,
  multiply,
  solveLower,
  transpose,
} from "./fit-linear-algebra.ts";

/** A linear map of one block of what is known of an image: `rows` numbers from `mean.length`. Rows of `matrix` one after another. */
export type BlockMap = { mean: Float32Array; matrix: Float32Array };

const settings = {
  /** Below so many cases nothing can be fitted. */
  fewestCases: 20,
  /** A number that hardly varies is not blown up: its deviation counts as half the mean deviation more. */
  deviationFloor: 0.5,
  /** Principal components that are kept; what is beyond them is taken for noise. */
  components: 192,
  /** How far the covariance within labels is drawn toward that of independent numbers. */
  shrinkage: 0.3,
  /** How much a direction that tells labels apart is stretched: at most to √(1 + 3) = 2 times its length. */
  labelGain: 3,
} as const;

/**
 * Fits a map on vectors of one kind, each with the labels of its case:
 *
 * 1. x − μ is split into what the labels explain, with covariance B, and the rest, with covariance W (`removeLabelEffects`).
 * 2. Numbers are divided by their deviation in the rest, so that each counts alike, and the leading principal components are kept.
 * 3. W is drawn toward t·I, t the mean of its diagonal before step 2: W′ = 0.7 W + 0.3 t·I, and whitened: W′ = L·Lᵀ, y = L⁻¹x. What
 *    varies between images of one label (stain, exposure, patient) thus counts less (within-class covariance normalization: Hatch,
 *    Kajarekar and Stolcke, Interspeech 2006).
 * 4. In each direction v that tells labels apart, with the ratio f of variance between to within labels (Fisher's), y is stretched by
 *    √(1 + 3 f / (1 + f)).
 * 5. The `dimension` directions of largest variance are kept.
 *
 * Undefined for fewer than 20 vectors, and where they do not differ.
 */
export function fitBlock(
  cases: readonly { vector: Float32Array; labels: readonly string[] }[],
  dimension: number,
): BlockMap | undefined {
  if (cases.length < settings.fewestCases) return undefined;
  const { rows, mean, columns } = centerVarying(cases.map(({ vector }) => vector));
  if (columns.length === 0) return undefined;
  const effects = removeLabelEffects(
    rows,
    cases.map(({ labels }) => labels),
  );
  const scales = deviations(rows);
  if (!scales) return undefined;
  divideColumns(rows, scales);
  divideColumns(effects, scales);
  const within = covariance(rows);
  const total = addGram(within, effects);
  const components = leadingEigenvectors(total, settings.components).vectors;
  const shrunk = shrink(spread(components, within), meanDiagonal(within));
  const whiten = solveLower(cholesky(shrunk), components);
  const stretched = stretchLabelDirections(whiten, effects);
  const leading = leadingEigenvectors(spread(stretched, total), dimension).vectors;
  const map = multiply(leading, stretched);
  divideColumns(map, scales);
  return { mean, matrix: placeColumns(map, { columns, width: mean.length, rows: dimension }) };
}

/** The vectors less their mean, without the columns that are the same in all. */
function centerVarying(vectors: readonly Float32Array[]) {
  const width = vectors[0]!.length;
  const mean = new Float32Array(width);
  const columns: number[] = [];
  for (let column = 0; column < width; column++) {
    let sum = 0;
    for (const vector of vectors) sum += vector[column]!;
    const center = Math.fround(sum / vectors.length);
    mean[column] = center;
    if (vectors.some((vector) => Math.abs(vector[column]! - center) > 1e-6)) columns.push(column);
  }
  const rows = createMatrix(vectors.length, columns.length);
  for (const [row, vector] of vectors.entries()) {
    for (const [at, column] of columns.entries()) {
      rows.data[row * columns.length + at] = vector[column]! - mean[column]!;
    }
  }
  return { rows, mean, columns };
}

/** The deviation of each column with its floor; undefined where none varies. */
function deviations({ rows, columns, data }: Matrix): Float64Array | undefined {
  const squares = new Float64Array(columns);
  for (let at = 0; at < data.length; at++) squares[at % columns]! += data[at]! ** 2;
  const own = squares.map((sum) => Math.sqrt(sum / rows));
  const floor = (settings.deviationFloor * own.reduce((sum, value) => sum + value, 0)) / columns;
  return floor < 1e-9 ? undefined : own.map((value) => value + floor);
}

function divideColumns({ columns, data }: Matrix, scales: Float64Array): void {
  for (let at = 0; at < data.length; at++) data[at]! /= scales[at % columns]!;
}

function covariance(rows: Matrix): Matrix {
  const products = gram(rows);
  for (let at = 0; at < products.data.length; at++) products.data[at]! /= rows.rows;
  return products;
}

function addGram(matrix: Matrix, root: Matrix): Matrix {
  const added = gram(root);
  return { ...matrix, data: matrix.data.map((value, at) => value + added.data[at]!) };
}

function meanDiagonal({ rows, data }: Matrix): number {
  let sum = 0;
  for (let at = 0; at < rows; at++) sum += data[at * rows + at]!;
  return sum / rows;
}

function shrink({ rows, columns, data }: Matrix, diagonal: number): Matrix {
  const { shrinkage } = settings;
  const shrunk = { rows, columns, data: data.map((value) => (1 - shrinkage) * value) };
  for (let at = 0; at < rows; at++) shrunk.data[at * rows + at]! += shrinkage * diagonal;
  return shrunk;
}

/** The map with each direction in which `effects` lie stretched by how well it tells labels apart. */
function stretchLabelDirections(map: Matrix, effects: Matrix): Matrix {
  if (effects.rows === 0) return map;
  const between = multiply(effects, transpose(map));
  const { values, vectors } = symmetricEigenvectors(gram(transpose(between)));
  const stretched = { ...map, data: map.data.slice() };
  const directions = multiply(vectors, between);
  const along = multiply(directions, map);
  for (const [index, ratio] of values.entries()) {
    if (ratio < 1e-9) continue;
    // The direction has the length √ratio: it is made a unit vector twice, once for each side of the projection.
    const gain = (Math.sqrt(1 + (settings.labelGain * ratio) / (1 + ratio)) - 1) / ratio;
    for (let row = 0; row < map.rows; row++) {
      const share = gain * directions.data[index * map.rows + row]!;
      for (let column = 0; column < map.columns; column++) {
        stretched.data[row * map.columns + column]! += share * along.data[index * map.columns + column]!;
      }
    }
  }
  return stretched;
}

/** The covariance of what the map makes of vectors with that covariance. */
function spread(map: Matrix, total: Matrix): Matrix {
  return multiply(multiply(map, total), transpose(map));
}

/** The map for whole vectors: zero in the columns that do not vary, and in the rows that it lacks. */
function placeColumns(
  map: Matrix,
  { columns, width, rows }: { columns: readonly number[]; width: number; rows: number },
): Float32Array {
  const placed = new Float32Array(rows * width);
  for (let row = 0; row < map.rows; row++) {
    for (const [at, column] of columns.entries()) {
      placed[row * width + column] = map.data[row * map.columns + at]!;
    }
  }
  return placed;
}
