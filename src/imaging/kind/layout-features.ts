import type { Inside } from "./inside-frame.ts";
import { type SmallPicture, pictureSide as side } from "./shrink-picture.ts";

/** Cells a side of the grid. */
const grid = 8;
/**
 * Where light and dark lie: frame and corners of the whole; then, inside what a plain frame leaves, how alike the halves are, and the
 * means of 8 × 8 cells, between the 2nd and the 98th percentile of the cells, the left and the right half taken together.
 */
export function layoutFeatures({ luma }: SmallPicture, inside: Inside): Record<string, number> {
  const cells = gridOf(luma, inside);
  const stretched = stretch(cells);
  const mirrored = mirror(stretched);
  const asymmetry = stretched.reduce((sum, value, cell) => sum + Math.abs(value - mirrored[cell]!), 0);
  const area = ((inside.right - inside.left) * (inside.bottom - inside.top)) / (side * side);
  const folded = stretched.flatMap((value, cell): [string, number][] => {
    const [row, column] = [Math.floor(cell / grid), cell % grid];
    return column < grid / 2 ? [[`cell ${row} ${column}`, (value + mirrored[cell]!) / 2]] : [];
  });
  return {
    "border mean": ringMean(luma, 0, 5) / 255,
    "border against center": (ringMean(luma, 0, 5) - ringMean(luma, 40, 64)) / 255,
    "corner mean": cornerMean(luma) / 255,
    "inside share": area,
    "mirror likeness": correlation(stretched, mirrored),
    "turned likeness": correlation(stretched, stretched.toReversed()),
    asymmetry: asymmetry / cells.length,
    ...Object.fromEntries(folded),
  };
}

function gridOf(luma: Float32Array, { left, top, right, bottom }: Inside): number[] {
  const edge = (start: number, end: number, cell: number) =>
    start + Math.floor(((end - start) * cell) / grid);
  return Array.from({ length: grid * grid }, (_, cell) => {
    const [row, column] = [Math.floor(cell / grid), cell % grid];
    let [sum, count] = [0, 0];
    for (let y = edge(top, bottom, row); y < edge(top, bottom, row + 1); y++) {
      for (let x = edge(left, right, column); x < edge(left, right, column + 1); x++) {
        sum += luma[y * side + x]!;
        count++;
      }
    }
    return sum / count;
  });
}

/** Samples to 0–1; of a flat picture all are 0.5. */
function stretch(cells: readonly number[]): number[] {
  const sorted = cells.toSorted((first, second) => first - second);
  const low = sorted[1]!;
  const range = sorted.at(-2)! - low;
  return cells.map((cell) => (range < 1 ? 0.5 : Math.min(1, Math.max(0, (cell - low) / range))));
}

function mirror(cells: readonly number[]): number[] {
  return cells.map((_, cell) => cells[cell - (cell % grid) + (grid - 1 - (cell % grid))]!);
}

/** 0 where one of the two is flat. */
function correlation(first: readonly number[], second: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [a, b] = [mean(first), mean(second)];
  let [both, one, other] = [0, 0, 0];
  for (const [index, value] of first.entries()) {
    const [x, y] = [value - a, second[index]! - b];
    both += x * y;
    one += x * x;
    other += y * y;
  }
  return one * other < 1e-9 ? 0 : both / Math.sqrt(one * other);
}

/** Mean of the samples whose distance from the nearest edge is in a range. */
function ringMean(luma: Float32Array, from: number, to: number): number {
  let [sum, count] = [0, 0];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const distance = Math.min(x, y, side - 1 - x, side - 1 - y);
      if (distance < from || distance >= to) continue;
      sum += luma[y * side + x]!;
      count++;
    }
  }
  return sum / count;
}

function cornerMean(luma: Float32Array): number {
  const reach = 12;
  let sum = 0;
  for (let y = 0; y < reach; y++) {
    for (let x = 0; x < reach; x++) {
      const [right, bottom] = [side - 1 - x, side - 1 - y];
      sum += luma[y * side + x]! + luma[y * side + right]!;
      sum += luma[bottom * side + x]! + luma[bottom * side + right]!;
    }
  }
  return sum / (reach * reach * 4);
}
