import { toRootShares } from "./normalization.ts";
import type { Plane } from "./plane.ts";

/** 0–8: the number of brighter neighbors in a uniform pattern; 9: any other pattern. */
const patternClasses = 10;

/** Class of each of the 256 patterns (riu2 of Ojala, Pietikäinen and Mäenpää, TPAMI 2002, section 2.3). */
const patternClass = Uint8Array.from({ length: 256 }, (_, pattern) => {
  const bits = Array.from({ length: 8 }, (_, bit) => (pattern >> bit) & 1);
  const changes = bits.filter((bit, index) => bit !== bits[(index + 1) % 8]).length;
  return changes <= 2 ? bits.filter((bit) => bit === 1).length : patternClasses - 1;
});

/**
 * Fine structure whatever its direction: rotation-invariant local binary patterns of each plane, counted apart by local contrast
 * (mean absolute difference to the eight neighbors: below 1, 3, 7, 15 … of 255), and in each part of a grid over the plane. The
 * planes hold 0–1. Unit length; per plane, part and contrast 10 numbers.
 */
export function localPatterns(
  planes: readonly Plane[],
  options: { contrasts: number; rows?: number; columns?: number },
): Float32Array {
  const { contrasts, rows = 1, columns = 1 } = options;
  const perPlane = rows * columns * contrasts * patternClasses;
  const counts = new Float32Array(planes.length * perPlane);
  for (const [index, plane] of planes.entries()) {
    const own = counts.subarray(index * perPlane, (index + 1) * perPlane);
    countPatterns(plane, { contrasts, rows, columns, counts: own });
    // Shares of each plane's own samples, so that every scale counts alike.
    const total = Math.max(1, (plane.width - 2) * (plane.height - 2));
    for (let bin = 0; bin < own.length; bin++) own[bin]! /= total;
  }
  return toRootShares(counts);
}

function countPatterns(
  { width, height, data }: Plane,
  grid: { contrasts: number; rows: number; columns: number; counts: Float32Array },
): void {
  const { contrasts, rows, columns, counts } = grid;
  const perPart = contrasts * patternClasses;
  const partOf = Uint16Array.from({ length: width }, (_, x) => Math.floor((x * columns) / width));
  for (let y = 1; y < height - 1; y++) {
    const row = Math.floor((y * rows) / height) * columns;
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const value = data[at]!;
      const a = data[at - 1]! - value;
      const b = data[at - width - 1]! - value;
      const c = data[at - width]! - value;
      const d = data[at - width + 1]! - value;
      const e = data[at + 1]! - value;
      const f = data[at + width + 1]! - value;
      const g = data[at + width]! - value;
      const h = data[at + width - 1]! - value;
      const pattern =
        (a >= 0 ? 1 : 0) |
        (b >= 0 ? 2 : 0) |
        (c >= 0 ? 4 : 0) |
        (d >= 0 ? 8 : 0) |
        (e >= 0 ? 16 : 0) |
        (f >= 0 ? 32 : 0) |
        (g >= 0 ? 64 : 0) |
        (h >= 0 ? 128 : 0);
      const sum =
        Math.abs(a) +
        Math.abs(b) +
        Math.abs(c) +
        Math.abs(d) +
        Math.abs(e) +
        Math.abs(f) +
        Math.abs(g) +
        Math.abs(h);
      // The logarithm to base 2, rounded down, of one plus the mean difference.
      const contrast = Math.min(contrasts - 1, 31 - Math.clz32(1 + (sum * 255) / 8));
      counts[(row + partOf[x]!) * perPart + contrast * patternClasses + patternClass[pattern]!]! += 1;
    }
  }
}
