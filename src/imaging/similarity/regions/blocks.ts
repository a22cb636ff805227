import { lumaOf, type Plane, resample, stretch } from "../../descriptor/plane.ts";
import type { Raster } from "../../raster.ts";

/** Pixels of a block's side, and of the small blocks by which it is counted. */
const blockSide = 8;
const smallSide = blockSide / 2;
const orientations = 8;
const tones = 4;
const hues = 10;
const textures = 6;

/** What is counted of a picture; `weight` is the share of the whole, all shares adding up to 1. */
type Histogram = { bins: number; weight: number };

/**
 * A picture, shrunk, as blocks of 8 × 8 pixels in rows from the top. `counts` holds the bins of all histograms, block by block;
 * `gradient` the mean length of a block's gradients, of a picture whose intensities reach from 0 to 1.
 */
export type Blocks = {
  columns: number;
  rows: number;
  histograms: readonly Histogram[];
  counts: Float32Array;
  gradient: Float32Array;
};

/** The picture as blocks, `longer` of them along its longer side; an even number along each. */
export function countBlocks(raster: Raster, options: { longer: number; color: boolean }): Blocks {
  const { longer, color } = options;
  const scale = longer / Math.max(raster.width, raster.height);
  const columns = evenCount(raster.width * scale);
  const rows = evenCount(raster.height * scale);
  const [width, height] = [columns * blockSide, rows * blockSide];
  const luma = stretch(resample(lumaOf(raster), width, height), [0.002, 0.998]);
  const opponents = color ? opponentPlanes(raster, { width, height }) : [];
  const histograms = color ? tissueHistograms : shapeHistograms;
  const size = histograms.reduce((sum, { bins }) => sum + bins, 0);
  const counts = new Float32Array(columns * rows * 4 * size);
  const gradient = new Float32Array(columns * rows);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const small = Math.floor(y / smallSide) * columns * 2 + Math.floor(x / smallSide);
      const own = counts.subarray(small * size, (small + 1) * size);
      const pixel = y * width + x;
      const edge = gradientAt(luma, x, y);
      gradient[Math.floor(y / blockSide) * columns + Math.floor(x / blockSide)]! +=
        edge.length / blockSide ** 2;
      if (color) countTissue(own, { edge, opponents, pixel });
      else countShape(own, { edge, tone: luma.data[pixel]! });
    }
  }
  return { columns, rows, histograms, counts: overlap(counts, { columns, rows, size }), gradient };
}

/** What the small blocks in and around a block hold, less of those around it, so that a shift by a few pixels changes little. */
function overlap(
  small: Float32Array,
  { columns, rows, size }: { columns: number; rows: number; size: number },
): Float32Array {
  const counts = new Float32Array(columns * rows * size);
  for (let block = 0; block < columns * rows; block++) {
    const [left, top] = [(block % columns) * 2 - 1, Math.floor(block / columns) * 2 - 1];
    for (let part = 0; part < 16; part++) {
      const [x, y] = [left + (part % 4), top + (part >> 2)];
      if (x < 0 || y < 0 || x >= columns * 2 || y >= rows * 2) continue;
      const weight = overlapWeights[part % 4]! * overlapWeights[part >> 2]!;
      const start = (y * columns * 2 + x) * size;
      for (let bin = 0; bin < size; bin++) counts[block * size + bin]! += weight * small[start + bin]!;
    }
  }
  return counts;
}

const overlapWeights = [0.25, 0.75, 0.75, 0.25];

/** Which way edges run, and how bright it is. */
const shapeHistograms = [
  { bins: orientations, weight: 0.7 },
  { bins: tones, weight: 0.3 },
];

/** Colors, and how strong edges are, on a logarithmic scale. */
const tissueHistograms = [
  ...Array.from({ length: 3 }, () => ({ bins: hues, weight: 0.2 })),
  { bins: textures, weight: 0.4 },
];

function countShape(counts: Float32Array, { edge, tone }: { edge: Edge; tone: number }): void {
  addAround(counts, { bins: orientations, place: edge.angle, amount: edge.length });
  addBetween(counts, { start: orientations, bins: tones, place: tone });
}

function countTissue(
  counts: Float32Array,
  { edge, opponents, pixel }: { edge: Edge; opponents: readonly Plane[]; pixel: number },
): void {
  let start = 0;
  for (const { data } of opponents) {
    addBetween(counts, { start, bins: hues, place: data[pixel]! });
    start += hues;
  }
  addBetween(counts, { start, bins: textures, place: Math.log2(1 + edge.length * 127) / 7 });
}

function evenCount(blocks: number): number {
  return Math.max(2, Math.round(blocks / 2) * 2);
}

/** A gradient: its length, and its direction of 0–1 over half a turn. */
type Edge = { length: number; angle: number };

function gradientAt({ width, height, data }: Plane, x: number, y: number): Edge {
  const row = y * width;
  const horizontal = data[row + Math.min(width - 1, x + 1)]! - data[row + Math.max(0, x - 1)]!;
  const vertical = data[Math.min(height - 1, y + 1) * width + x]! - data[Math.max(0, y - 1) * width + x]!;
  const length = Math.sqrt(horizontal * horizontal + vertical * vertical);
  return { length, angle: (Math.atan2(vertical, horizontal) / Math.PI + 1) % 1 };
}

/**
 * Darkness, and two differences of optical density (green against red, both against blue), each from 0 to 1. What stains take of
 * the light adds up in densities, as it does not in samples. For a raster of 3 channels.
 */
function opponentPlanes(raster: Raster, size: { width: number; height: number }): Plane[] {
  const { width, height, data } = raster;
  const planes = [0, 1, 2].map(() => ({ width, height, data: new Float32Array(width * height) }));
  const [darkness, greenRed, blueYellow] = planes.map((plane) => plane.data) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  for (let pixel = 0; pixel < darkness.length; pixel++) {
    const first = pixel * 3;
    const red = density[data[first]!]!;
    const green = density[data[first + 1]!]!;
    const blue = density[data[first + 2]!]!;
    darkness[pixel] = (red + green + blue) / 3;
    greenRed[pixel] = 0.5 + (green - red) / 1.2;
    blueYellow[pixel] = 0.5 + ((red + green) / 2 - blue) / 1.2;
  }
  return planes.map((plane) => resample(plane, size.width, size.height));
}

/** Optical density of a sample: 1 where a tenth of the light is left. */
const density = Float32Array.from({ length: 256 }, (_, sample) => -Math.log10((sample + 1) / 256));

/** Adds 1 at a place of 0–1, shared between its two nearest bins. */
function addBetween(
  counts: Float32Array,
  { start, bins, place }: { start: number; bins: number; place: number },
): void {
  const position = Math.min(bins - 1, Math.max(0, place * bins - 0.5));
  const bin = Math.min(bins - 2, Math.floor(position));
  counts[start + bin]! += 1 - (position - bin);
  counts[start + bin + 1]! += position - bin;
}

/** Adds an amount at a place of 0–1 on a circle, shared in the same way. */
function addAround(
  counts: Float32Array,
  { bins, place, amount }: { bins: number; place: number; amount: number },
): void {
  const position = place * bins;
  const bin = Math.floor(position);
  counts[bin % bins]! += amount * (1 - (position - bin));
  counts[(bin + 1) % bins]! += amount * (position - bin);
}
