import { toRootShares } from "./normalization.ts";
import type { Plane } from "./plane.ts";

/** Red, green and blue of a picture, 0–255. */
export type Colors = readonly [red: Plane, green: Plane, blue: Plane];

/** How colored the picture is: the mean spread between its channels, 0–1. */
export function chromaOf([red, green, blue]: Colors): number {
  let sum = 0;
  for (let pixel = 0; pixel < red.data.length; pixel++) {
    const r = red.data[pixel]!;
    const g = green.data[pixel]!;
    const b = blue.data[pixel]!;
    sum += Math.max(r, g, b) - Math.min(r, g, b);
  }
  return sum / red.data.length / 255;
}

/** Luma of a picture's colors, 0–255 (ITU-R BT.601 weights). */
export function lumaOfColors([red, green, blue]: Colors): Plane {
  const { width, height } = red;
  const data = new Float32Array(width * height);
  for (let pixel = 0; pixel < data.length; pixel++) {
    data[pixel] = 0.299 * red.data[pixel]! + 0.587 * green.data[pixel]! + 0.114 * blue.data[pixel]!;
  }
  return { width, height, data };
}

/**
 * Which colors the picture has: joint histogram of hue, saturation (finer near gray, as pale stains are) and value. Unit length. A gray
 * picture falls into the bins of no saturation.
 */
export function colorHistogram(
  [red, green, blue]: Colors,
  bins: { hue: number; saturation: number; value: number },
): Float32Array {
  const counts = new Float32Array(bins.hue * bins.saturation * bins.value);
  // Every third pixel is enough to count colors; three shares no factor with most widths, so that all columns are seen.
  for (let pixel = 0; pixel < red.data.length; pixel += 3) {
    const r = red.data[pixel]!;
    const g = green.data[pixel]!;
    const b = blue.data[pixel]!;
    const largest = Math.max(r, g, b);
    const spread = largest - Math.min(r, g, b);
    const saturation = largest === 0 ? 0 : Math.sqrt(spread / largest);
    const hue = binOf(hueOf({ red: r, green: g, blue: b, spread }), bins.hue);
    const bin = hue * bins.saturation + binOf(saturation, bins.saturation);
    counts[bin * bins.value + binOf(largest / 255, bins.value)]! += 1;
  }
  return toRootShares(counts);
}

function binOf(share: number, bins: number): number {
  return Math.min(bins - 1, Math.floor(share * bins));
}

/** Hue as a share of the full circle, 0–1, red at 0; 0 where there is none. */
function hueOf(color: { red: number; green: number; blue: number; spread: number }): number {
  const { red, green, blue, spread } = color;
  if (spread === 0) {
    return 0;
  }
  if (red >= green && red >= blue) {
    return (((green - blue) / spread + 6) % 6) / 6;
  }
  return green >= blue ? ((blue - red) / spread + 2) / 6 : ((red - green) / spread + 4) / 6;
}
