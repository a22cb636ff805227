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
 * (mean absolute difference to the eight neighbors: below 1, 3, 7, 15 … of 255). The planes hold 0–1.
 */
export function localPatterns(planes: readonly Plane[], contrasts: number): Float32Array {
  const perPlane = contrasts * patternClasses;
  const counts = new Float32Array(planes.length * perPlane);
  for (const [index, plane] of planes.entries()) {
    const own = counts.subarray(index * perPlane, (index + 1) * perPlane);
    countPatterns(plane, own);
    // Shares of each plane's own pixels, so that every scale counts alike.
    const total = Math.max(1, (plane.width - 2) * (plane.height - 2));
    own.forEach((count, bin) => {
      own[bin] = count / total;
    });
  }
  return toRootShares(counts);
}

function countPatterns({ width, height, data }: Plane, counts: Float32Array): void {
  const highestContrast = counts.length / patternClasses - 1;
  const ring = [-1, -width - 1, -width, -width + 1, 1, width + 1, width, width - 1];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const center = y * width + x;
      const value = data[center]!;
      let pattern = 0;
      let contrast = 0;
      for (let neighbor = 0; neighbor < 8; neighbor++) {
        const difference = data[center + ring[neighbor]!]! - value;
        pattern |= difference >= 0 ? 1 << neighbor : 0;
        contrast += Math.abs(difference);
      }
      // The logarithm to base 2, rounded down, of one plus the mean difference.
      const contrastBin = Math.min(highestContrast, 31 - Math.clz32(1 + (contrast * 255) / 8));
      counts[contrastBin * patternClasses + patternClass[pattern]!]! += 1;
    }
  }
}

/**
 * Which intensities lie beside which: symmetric co-occurrence of `levels` intensity levels at each distance (pixels), to the right
 * and below (Haralick, Shanmugam and Dinstein, 1973). `plane` holds 0–1. Upper triangle of each matrix.
 */
export function coOccurrences(
  plane: Plane,
  options: { levels: number; distances: readonly number[] },
): Float32Array {
  const { width, height } = plane;
  const { levels, distances } = options;
  const level = Uint8Array.from(plane.data, (value) => Math.min(levels - 1, Math.floor(value * levels)));
  const triangle = (levels * (levels + 1)) / 2;
  const counts = new Float32Array(distances.length * triangle);
  for (const [index, distance] of distances.entries()) {
    const count = (first: number, second: number) => {
      const low = Math.min(level[first]!, level[second]!);
      const high = Math.max(level[first]!, level[second]!);
      counts[index * triangle + (high * (high + 1)) / 2 + low]! += 1;
    };
    for (let y = 0; y < height - distance; y++) {
      for (let x = 0; x < width - distance; x++) {
        const pixel = y * width + x;
        count(pixel, pixel + distance);
        count(pixel, pixel + distance * width);
      }
    }
  }
  return toRootShares(counts);
}
