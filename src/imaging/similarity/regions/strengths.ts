import type { RegionFeatures } from "./features.ts";

/** How strongly each region of one picture matches each of another, 0–1: a row for each of the one's regions. */
export type Strengths = { rows: number; columns: number; values: Float32Array };

/** How far apart, as a share of the side of a gray picture, two regions may lie before they hardly count as alike. */
const reach = 0.3;

/**
 * A match is strong where two regions are more alike than either is to the other picture at large: its cosine above the mean of all
 * by more than their standard deviation. So a region that is alike to everything says nothing, nor does one without structure. In gray
 * pictures, which show a body the right way up, regions at the same place count more; in stained tissue place means nothing.
 */
export function matchStrengths(
  one: RegionFeatures,
  other: RegionFeatures,
  { color }: { color: boolean },
): Strengths {
  const rows = one.structure.length;
  const columns = other.structure.length;
  const values = cosines(one, other);
  const usualOfRow = Array.from({ length: rows }, (_, row) =>
    usual(other.structure, (column) => values[row * columns + column]!),
  );
  const usualOfColumn = Array.from({ length: columns }, (_, column) =>
    usual(one.structure, (row) => values[row * columns + column]!),
  );
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const cosine = values[row * columns + column]!;
      const rise = riseAbove(usualOfRow[row]!, cosine) * riseAbove(usualOfColumn[column]!, cosine);
      const structure = one.structure[row]! * other.structure[column]!;
      const near = color ? 1 : nearness(placeOf(one, row), placeOf(other, column));
      values[row * columns + column] = Math.sqrt(rise * structure) * near;
    }
  }
  return { rows, columns, values };
}

function cosines(one: RegionFeatures, other: RegionFeatures): Float32Array {
  const { dimension } = one;
  const columns = other.structure.length;
  const values = new Float32Array(one.structure.length * columns);
  for (let index = 0; index < values.length; index++) {
    const first = Math.floor(index / columns) * dimension;
    const second = (index % columns) * dimension;
    let sum = 0;
    for (let place = 0; place < dimension; place++) {
      sum += one.vectors[first + place]! * other.vectors[second + place]!;
    }
    values[index] = sum;
  }
  return values;
}

/** Mean and standard deviation together, of values weighted by the structure of their regions. */
function usual(weights: Float32Array, read: (index: number) => number): number {
  let total = 1e-9;
  let sum = 0;
  let squares = 0;
  for (const [index, weight] of weights.entries()) {
    const value = read(index);
    total += weight;
    sum += weight * value;
    squares += weight * value * value;
  }
  const mean = sum / total;
  return mean + Math.sqrt(Math.max(0, squares / total - mean * mean));
}

/** Share of the way from what is usual to complete likeness; small differences of what is all alike do not count. */
function riseAbove(usual: number, cosine: number): number {
  return Math.min(1, Math.max(0, (cosine - usual) / Math.max(0.02, 1 - usual)));
}

function placeOf({ columns, rows }: RegionFeatures, region: number): { x: number; y: number } {
  return { x: ((region % columns) + 0.5) / columns, y: (Math.floor(region / columns) + 0.5) / rows };
}

function nearness(one: { x: number; y: number }, other: { x: number; y: number }): number {
  return Math.exp(-((one.x - other.x) ** 2 + (one.y - other.y) ** 2) / (2 * reach ** 2));
}
