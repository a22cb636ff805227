import type { Raster } from "../../raster.ts";
import { type Blocks, countBlocks } from "./blocks.ts";

/**
 * A picture as regions in rows from the top, each described by what is seen in it and around it: `vectors` holds `dimension` numbers a
 * region, of unit length, or zero where nothing is seen.
 */
export type RegionFeatures = {
  columns: number;
  rows: number;
  dimension: number;
  vectors: Float32Array;
  /** How much structure a region has, 0–1; less at the edges of the picture, where part of its windows lies outside. */
  structure: Float32Array;
};

/** Regions along the longer side of a picture; each has 2 × 2 blocks. */
const regionsAcross = 16;
/** Mean gradient at which a region's structure is one half; beside tissue lies glass, whose grain is less than this. */
const halfStructure = { gray: 0.015, color: 0.05 };
/** Windows around a region, twice and four times as wide as it, in blocks. */
const windows = [4, 8];

/**
 * Describes the regions of a picture. Of a gray one by which way edges run and how bright it is in each of 4 × 4 parts of the windows,
 * so that a part of the body is known by its shape; of stained tissue, which has no up and down, by colors and texture wherever in the
 * windows they are.
 */
export function describeRegions(raster: Raster, { color }: { color: boolean }): RegionFeatures {
  const blocks = countBlocks(raster, { longer: regionsAcross * 2, color });
  const [columns, rows] = [blocks.columns / 2, blocks.rows / 2];
  const parts = color ? 1 : 4;
  const half = halfStructure[color ? "color" : "gray"];
  const bins = blocks.histograms.reduce((sum, histogram) => sum + histogram.bins, 0);
  const perWindow = parts * parts * bins;
  const dimension = windows.length * perWindow;
  const vectors = new Float32Array(columns * rows * dimension);
  const structure = new Float32Array(columns * rows);
  for (let region = 0; region < columns * rows; region++) {
    const center = { x: (region % columns) * 2 + 1, y: Math.floor(region / columns) * 2 + 1 };
    const own = vectors.subarray(region * dimension, (region + 1) * dimension);
    for (const [index, side] of windows.entries()) {
      const window = own.subarray(index * perWindow, (index + 1) * perWindow);
      addWindow(window, blocks, { left: center.x - side / 2, top: center.y - side / 2, side, parts, bins });
      toRootShares(window, { histograms: blocks.histograms, bins, share: 1 / windows.length });
    }
    const gradient = meanGradient(blocks, center);
    structure[region] = (gradient ** 2 / (gradient ** 2 + half ** 2)) * insideShare(blocks, center);
  }
  return { columns, rows, dimension, vectors, structure };
}

/** Adds up the blocks of each part of a window; those outside the picture do not count. */
function addWindow(
  window: Float32Array,
  { columns, rows, counts }: Blocks,
  place: { left: number; top: number; side: number; parts: number; bins: number },
): void {
  const { left, top, side, parts, bins } = place;
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const [x, y] = [left + column, top + row];
      if (x < 0 || y < 0 || x >= columns || y >= rows) continue;
      const part = Math.floor((row * parts) / side) * parts + Math.floor((column * parts) / side);
      const block = (y * columns + x) * bins;
      for (let bin = 0; bin < bins; bin++) window[part * bins + bin]! += counts[block + bin]!;
    }
  }
}

/** Square roots of each histogram's shares over all parts of the window, so that an inner product says how much they overlap. */
function toRootShares(
  window: Float32Array,
  { histograms, bins, share }: Pick<Blocks, "histograms"> & { bins: number; share: number },
): void {
  let start = 0;
  for (const histogram of histograms) {
    let sum = 1e-6;
    const each = (visit: (place: number) => void) => {
      for (let part = start; part < window.length; part += bins) {
        for (let bin = 0; bin < histogram.bins; bin++) visit(part + bin);
      }
    };
    each((place) => {
      sum += window[place]!;
    });
    each((place) => {
      window[place] = Math.sqrt((window[place]! / sum) * histogram.weight * share);
    });
    start += histogram.bins;
  }
}

function meanGradient({ columns, gradient }: Blocks, { x, y }: { x: number; y: number }): number {
  const below = y * columns + x;
  const above = below - columns;
  return (gradient[above - 1]! + gradient[above]! + gradient[below - 1]! + gradient[below]!) / 4;
}

/** Share of the widest window around a center that lies in the picture. */
function insideShare({ columns, rows }: Blocks, { x, y }: { x: number; y: number }): number {
  const half = Math.max(...windows) / 2;
  const across = Math.min(x, half) + Math.min(columns - x, half);
  const down = Math.min(y, half) + Math.min(rows - y, half);
  return (across * down) / (2 * half) ** 2;
}
