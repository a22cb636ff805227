import type { Raster } from "../raster.ts";
import { toRootShares } from "./normalization.ts";

/**
 * Which colors the picture has: joint histogram of hue, saturation (finer near gray, as pale stains are) and value.
 * Every second pixel of every second row is counted. A gray picture falls into the bins of no saturation.
 */
export function colorHistogram(
  { width, height, channels, data }: Raster,
  bins: { hue: number; saturation: number; value: number },
): Float32Array {
  const counts = new Float32Array(bins.hue * bins.saturation * bins.value);
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      const first = (y * width + x) * channels;
      const red = data[first]!;
      const green = channels === 1 ? red : data[first + 1]!;
      const blue = channels === 1 ? red : data[first + 2]!;
      counts[colorBin({ red, green, blue }, bins)]! += 1;
    }
  }
  return toRootShares(counts);
}

function colorBin(
  { red, green, blue }: { red: number; green: number; blue: number },
  bins: { hue: number; saturation: number; value: number },
): number {
  const largest = Math.max(red, green, blue);
  const spread = largest - Math.min(red, green, blue);
  const saturation = largest === 0 ? 0 : Math.sqrt(spread / largest);
  const hue = binOf(hueOf({ red, green, blue, spread }), bins.hue);
  return (
    (hue * bins.saturation + binOf(saturation, bins.saturation)) * bins.value +
    binOf(largest / 255, bins.value)
  );
}

function binOf(share: number, bins: number): number {
  return Math.min(bins - 1, Math.floor(share * bins));
}

/** Hue as a share of the full circle, 0–1, red at 0; 0 where there is none. */
function hueOf({
  red,
  green,
  blue,
  spread,
}: {
  red: number;
  green: number;
  blue: number;
  spread: number;
}): number {
  if (spread === 0) {
    return 0;
  }
  if (red >= green && red >= blue) {
    return (((green - blue) / spread + 6) % 6) / 6;
  }
  return green >= blue ? ((blue - red) / spread + 2) / 6 : ((red - green) / spread + 4) / 6;
}
