import { toRootShares } from "./normalization.ts";
import type { Plane } from "./plane.ts";

/**
 * Which way edges run in each part of the picture: histograms of unsigned gradient orientation over a grid of `cells` × `cells`,
 * weighted by gradient magnitude, shared between neighboring cells and orientations (after Dalal and Triggs, CVPR 2005,
 * section 6; normalized over the whole picture, with square roots). Unit length, zero if flat.
 */
export function gradientHistograms(
  plane: Plane,
  options: { cells: number; orientations: number },
): Float32Array {
  const { width, height, data } = plane;
  const { cells, orientations } = options;
  const counts = new Float32Array(cells * cells * orientations);
  const columnsOf = Array.from({ length: width }, (_, x) =>
    neighbors(((x + 0.5) * cells) / width - 0.5, cells),
  );
  for (let y = 1; y < height - 1; y++) {
    const rows = neighbors(((y + 0.5) * cells) / height - 0.5, cells);
    for (let x = 1; x < width - 1; x++) {
      const center = y * width + x;
      const horizontal = data[center + 1]! - data[center - 1]!;
      const vertical = data[center + width]! - data[center - width]!;
      const magnitude = Math.sqrt(horizontal * horizontal + vertical * vertical);
      if (magnitude === 0) {
        continue;
      }
      const angle = (Math.atan2(vertical, horizontal) / Math.PI + 1) % 1;
      const position = angle * orientations;
      const orientation = Math.floor(position) % orientations;
      const share = position - Math.floor(position);
      for (const row of rows) {
        for (const column of columnsOf[x]!) {
          const weight = magnitude * row.weight * column.weight;
          const cell = (row.cell * cells + column.cell) * orientations;
          counts[cell + orientation]! += weight * (1 - share);
          counts[cell + ((orientation + 1) % orientations)]! += weight * share;
        }
      }
    }
  }
  return toRootShares(counts);
}

/** The two cells around a position, by closeness; those outside the grid are left out. */
function neighbors(position: number, cells: number): { cell: number; weight: number }[] {
  const first = Math.floor(position);
  const share = position - first;
  return [
    { cell: first, weight: 1 - share },
    { cell: first + 1, weight: share },
  ].filter(({ cell }) => cell >= 0 && cell < cells);
}
