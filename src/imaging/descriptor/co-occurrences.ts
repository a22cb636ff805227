import { toRootShares } from "./normalization.ts";
import type { Plane } from "./plane.ts";

/**
 * Which intensities lie beside which: symmetric co-occurrence of `levels` intensity levels at each distance (pixels), to the right
 * and below (Haralick, Shanmugam and Dinstein, 1973). `plane` holds 0–1. Upper triangle of each matrix; unit length.
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
