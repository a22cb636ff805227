import { toRootShares, toUnitLength } from "./normalization.ts";
import { blur, halve, type Plane } from "./plane.ts";

const strengths = 6;

/**
 * How much structure there is at each scale: a picture less its blurred self (a level of the Laplacian pyramid of Burt and Adelson,
 * 1983), counted by sign and strength (below 1, 3, 7, 15 … half steps), then the same of the blurred picture at half the size. Each
 * scale counts alike; 12 numbers a scale, unit length.
 */
export function contrastByScale(plane: Plane, options: { scales: number; step: number }): Float32Array {
  const shares: number[] = [];
  let level = plane;
  for (let scale = 0; scale < options.scales; scale++) {
    const smooth = blur(level);
    shares.push(...toRootShares(countStrengths(level.data, smooth.data, options.step)));
    level = halve(smooth);
  }
  return toUnitLength(Float32Array.from(shares));
}

function countStrengths(sharp: Float32Array, smooth: Float32Array, step: number): Float32Array {
  const counts = new Float32Array(2 * strengths);
  for (let at = 0; at < sharp.length; at++) {
    const difference = (sharp[at]! - smooth[at]!) / step;
    const strength = Math.min(strengths - 1, 31 - Math.clz32(1 + Math.abs(difference) * 2));
    counts[difference < 0 ? strengths - 1 - strength : strengths + strength]! += 1;
  }
  return counts;
}
