/**
 * The plain vector that the built-in descriptor is measured against: a color histogram, a histogram of oriented gradients and
 * local binary patterns, as textbooks have them. Nothing in it was tuned.
 */
import type { Raster } from "#imaging";

const hogSide = 128;
const cellSide = 8;
const cells = hogSide / cellSide;
const orientations = 9;

/**
 * Joint histogram of hue, saturation and value (8 × 8 × 8 bins), gradients of the gray picture at 128 × 128 pixels (cells of 8 × 8
 * pixels, 9 orientations, blocks of 2 × 2 cells; Dalal and Triggs, CVPR 2005) and its 59 uniform local binary patterns of radius 1
 * (Ojala, Pietikäinen and Mäenpää, TPAMI 2002) at the picture's own size; each at unit length.
 */
export function baselineVector(raster: Raster): Float32Array {
  const gray = toGray(raster);
  const parts = [colorHistogram(raster), orientedGradients(gray), uniformPatterns(gray)];
  return toUnitLength(Float32Array.from(parts.flatMap((part) => Array.from(toUnitLength(part)))));
}

type Gray = { width: number; height: number; data: Float32Array };

function toGray({ width, height, channels, data }: Raster): Gray {
  const gray = new Float32Array(width * height);
  for (let pixel = 0; pixel < gray.length; pixel++) {
    const [red, green, blue] = colorAt(data, pixel, channels);
    gray[pixel] = 0.299 * red + 0.587 * green + 0.114 * blue;
  }
  return { width, height, data: gray };
}

function colorAt(data: Uint8Array, pixel: number, channels: 1 | 3): [number, number, number] {
  const first = pixel * channels;
  return channels === 1
    ? [data[first]!, data[first]!, data[first]!]
    : [data[first]!, data[first + 1]!, data[first + 2]!];
}

function colorHistogram({ channels, data }: Raster): Float32Array {
  const bins = 8;
  const counts = new Float32Array(bins ** 3);
  const binOf = (share: number) => Math.min(bins - 1, Math.floor(share * bins));
  for (let pixel = 0; pixel < data.length / channels; pixel++) {
    const [red, green, blue] = colorAt(data, pixel, channels);
    const value = Math.max(red, green, blue);
    const spread = value - Math.min(red, green, blue);
    const saturation = value === 0 ? 0 : spread / value;
    const hue = binOf(hueOf({ red, green, blue, spread }));
    counts[(hue * bins + binOf(saturation)) * bins + binOf(value / 255)]! += 1;
  }
  return counts;
}

function hueOf(color: { red: number; green: number; blue: number; spread: number }): number {
  const { red, green, blue, spread } = color;
  if (spread === 0) return 0;
  if (red >= green && red >= blue) return (((green - blue) / spread + 6) % 6) / 6;
  return green >= blue ? ((blue - red) / spread + 2) / 6 : ((red - green) / spread + 4) / 6;
}

function orientedGradients(gray: Gray): Float32Array {
  const { data } = resize(gray, hogSide);
  const counts = new Float32Array(cells * cells * orientations);
  for (let y = 1; y < hogSide - 1; y++) {
    for (let x = 1; x < hogSide - 1; x++) {
      const pixel = y * hogSide + x;
      const across = data[pixel + 1]! - data[pixel - 1]!;
      const down = data[pixel + hogSide]! - data[pixel - hogSide]!;
      const position = ((Math.atan2(down, across) / Math.PI + 1) % 1) * orientations;
      const orientation = Math.min(orientations - 1, Math.floor(position));
      const cell = Math.floor(y / cellSide) * cells + Math.floor(x / cellSide);
      counts[cell * orientations + orientation]! += Math.hypot(across, down);
    }
  }
  const blocks: number[] = [];
  for (let row = 0; row < cells - 1; row++) {
    for (let column = 0; column < cells - 1; column++) {
      const corners = [row * cells + column, (row + 1) * cells + column];
      const block = corners.flatMap((cell) =>
        Array.from(counts.subarray(cell * orientations, (cell + 2) * orientations)),
      );
      // "L2-Hys": unit length, no entry above 0.2, unit length again.
      const clipped = toUnitLength(Float32Array.from(block)).map((entry) => Math.min(0.2, entry));
      blocks.push(...toUnitLength(clipped));
    }
  }
  return Float32Array.from(blocks);
}

/** The picture at `side` × `side` pixels, each the mean of the pixels that it covers. */
function resize({ width, height, data }: Gray, side: number): Gray {
  const small = new Float32Array(side * side);
  for (let y = 0; y < side; y++) {
    const top = Math.floor((y * height) / side);
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * height) / side));
    for (let x = 0; x < side; x++) {
      const left = Math.floor((x * width) / side);
      const right = Math.max(left + 1, Math.floor(((x + 1) * width) / side));
      let sum = 0;
      for (let row = top; row < bottom; row++) {
        for (let column = left; column < right; column++) sum += data[row * width + column]!;
      }
      small[y * side + x] = sum / ((bottom - top) * (right - left));
    }
  }
  return { width: side, height: side, data: small };
}

/** The bin of each of the 256 patterns: one for each with at most two changes around the circle, the last for all others. */
const patternBins = (() => {
  let next = 0;
  return Array.from({ length: 256 }, (_, pattern) => {
    const turned = ((pattern << 1) & 255) | (pattern >> 7);
    const changes = (pattern ^ turned).toString(2).replaceAll("0", "").length;
    return changes <= 2 ? next++ : 58;
  });
})();

function uniformPatterns({ width, height, data }: Gray): Float32Array {
  const ring = [-1, -width - 1, -width, -width + 1, 1, width + 1, width, width - 1];
  const counts = new Float32Array(59);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const center = y * width + x;
      let pattern = 0;
      for (let neighbor = 0; neighbor < 8; neighbor++) {
        if (data[center + ring[neighbor]!]! >= data[center]!) pattern |= 1 << neighbor;
      }
      counts[patternBins[pattern]!]! += 1;
    }
  }
  return counts;
}

function toUnitLength(values: Float32Array): Float32Array {
  const length = Math.hypot(...values);
  return length < 1e-9 ? values : values.map((value) => value / length);
}
