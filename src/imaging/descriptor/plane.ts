import type { Raster } from "../raster.ts";

/** One channel of samples, rows from the top. */
export type Plane = { width: number; height: number; data: Float32Array };

/** Luma, 0–255 (ITU-R BT.601 weights); a gray raster as it is. */
export function lumaOf({ width, height, channels, data }: Raster): Plane {
  const luma = new Float32Array(width * height);
  for (let pixel = 0; pixel < luma.length; pixel++) {
    luma[pixel] =
      channels === 1
        ? data[pixel]!
        : 0.299 * data[pixel * 3]! + 0.587 * data[pixel * 3 + 1]! + 0.114 * data[pixel * 3 + 2]!;
  }
  return { width, height, data: luma };
}

/** The plane at another size, each sample the mean of the samples it covers; the aspect is not kept. */
export function resample(plane: Plane, width: number, height: number): Plane {
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = coverage(y, height, plane.height);
    for (let x = 0; x < width; x++) {
      const [left, right] = coverage(x, width, plane.width);
      let sum = 0;
      for (let row = top; row < bottom; row++) {
        for (let column = left; column < right; column++) {
          sum += plane.data[row * plane.width + column]!;
        }
      }
      data[y * width + x] = sum / ((bottom - top) * (right - left));
    }
  }
  return { width, height, data };
}

function coverage(index: number, count: number, length: number): [number, number] {
  const start = Math.floor((index * length) / count);
  return [start, Math.max(start + 1, Math.floor(((index + 1) * length) / count))];
}

/** The plane at half its size, at least one sample wide and high. */
export function halve(plane: Plane): Plane {
  return resample(plane, Math.max(1, plane.width >> 1), Math.max(1, plane.height >> 1));
}

/** Scales samples of 0–255 between two percentiles (given as shares, 0–1) to 0–1 and clips the rest; a flat plane becomes 0.5. */
export function stretch(plane: Plane, [low, high]: readonly [number, number]): Plane {
  const counts = new Uint32Array(256);
  for (const sample of plane.data) {
    counts[Math.round(sample)]! += 1;
  }
  const black = percentile(counts, low * plane.data.length);
  const range = percentile(counts, high * plane.data.length) - black;
  const scale = (sample: number) => (range === 0 ? 0.5 : Math.min(1, Math.max(0, (sample - black) / range)));
  return { ...plane, data: plane.data.map(scale) };
}

/** The smallest value up to which more than `rank` samples lie. */
function percentile(counts: Uint32Array, rank: number): number {
  let seen = 0;
  return counts.findIndex((count) => {
    seen += count;
    return seen > rank;
  });
}
