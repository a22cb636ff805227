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

/** One channel of a raster, 0–255. */
export function channelOf({ width, height, channels, data }: Raster, channel: number): Plane {
  const samples = new Float32Array(width * height);
  for (let pixel = 0; pixel < samples.length; pixel++) samples[pixel] = data[pixel * channels + channel]!;
  return { width, height, data: samples };
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

/** The plane at half its size, at least one sample wide and high. An odd last row or column is left out. */
export function halve(plane: Plane): Plane {
  const { width, height } = plane;
  if (width < 2 || height < 2) return resample(plane, Math.max(1, width >> 1), Math.max(1, height >> 1));
  const half = { width: width >> 1, height: height >> 1 };
  const data = new Float32Array(half.width * half.height);
  for (let y = 0, to = 0; y < half.height; y++) {
    let from = 2 * y * width;
    for (let x = 0; x < half.width; x++, to++, from += 2) {
      const above = plane.data[from]! + plane.data[from + 1]!;
      data[to] = (above + plane.data[from + width]! + plane.data[from + width + 1]!) / 4;
    }
  }
  return { ...half, data };
}

/** The plane fitted inside `side` × `side` samples without enlarging, aspect kept; a sample on a border counts by its share. */
export function fitInside(plane: Plane, side: number): Plane {
  const longest = Math.max(plane.width, plane.height);
  if (longest <= side) return plane;
  if (longest === 2 * side) return halve(plane);
  const scale = side / longest;
  const width = Math.max(1, Math.round(plane.width * scale));
  const height = Math.max(1, Math.round(plane.height * scale));
  return shrinkAndTurn(shrinkAndTurn(plane, width), height);
}

/** The plane with `count` columns instead of its width, rows turned into columns; applied twice it is upright again. */
function shrinkAndTurn({ width, height, data }: Plane, count: number): Plane {
  const turned = new Float32Array(count * height);
  for (let cell = 0; cell < count; cell++) {
    const start = (cell * width) / count;
    const end = ((cell + 1) * width) / count;
    const first = Math.floor(start);
    for (let y = 0; y < height; y++) {
      let sum = 0;
      for (let x = first; x < end; x++) {
        sum += data[y * width + x]! * (Math.min(end, x + 1) - Math.max(start, x));
      }
      turned[cell * height + y] = sum / (end - start);
    }
  }
  return { width: height, height: count, data: turned };
}

/** Scales samples of 0–255 between two percentiles (given as shares, 0–1) to 0–1 and clips the rest; a flat plane becomes 0.5. */
export function stretch(plane: Plane, [low, high]: readonly [number, number]): Plane {
  const counts = new Uint32Array(256);
  for (let at = 0; at < plane.data.length; at++) counts[Math.round(plane.data[at]!)]! += 1;
  const black = percentile(counts, low * plane.data.length);
  const range = percentile(counts, high * plane.data.length) - black;
  const data = new Float32Array(plane.data.length).fill(0.5);
  if (range > 0) {
    for (let at = 0; at < data.length; at++) {
      data[at] = Math.min(1, Math.max(0, (plane.data[at]! - black) / range));
    }
  }
  return { ...plane, data };
}

/** The smallest value up to which more than `rank` samples lie. */
function percentile(counts: Uint32Array, rank: number): number {
  let seen = 0;
  return counts.findIndex((count) => {
    seen += count;
    return seen > rank;
  });
}

/** The plane blurred by the binomial weights 1, 4, 6, 4, 1 across and down; at the border the last sample is repeated. */
export function blur({ width, height, data }: Plane): Plane {
  const across = new Float32Array(data.length);
  const row = new Float32Array(width + 4);
  for (let y = 0; y < height; y++) {
    const first = y * width;
    row.fill(data[first]!, 0, 2);
    row.set(data.subarray(first, first + width), 2);
    row.fill(data[first + width - 1]!, width + 2);
    for (let x = 0; x < width; x++) {
      across[first + x] = (row[x]! + row[x + 4]! + 4 * (row[x + 1]! + row[x + 3]!) + 6 * row[x + 2]!) / 16;
    }
  }
  const blurred = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    const rowAt = (offset: number) => Math.min(height - 1, Math.max(0, y + offset)) * width;
    const [a, b, c, d, e] = [rowAt(-2), rowAt(-1), rowAt(0), rowAt(1), rowAt(2)];
    for (let x = 0; x < width; x++) {
      const outer = across[a + x]! + across[e + x]!;
      const inner = across[b + x]! + across[d + x]!;
      blurred[c + x] = (outer + 4 * inner + 6 * across[c + x]!) / 16;
    }
  }
  return { width, height, data: blurred };
}
