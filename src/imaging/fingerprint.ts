import { lumaOf, type Plane } from "./descriptor/plane.ts";
import type { Raster } from "./raster.ts";

/** Cells of a fingerprint's grid down and across. */
export const fingerprintSide = 16;
const side = fingerprintSide;
/** Root mean square, in gray levels of 255, below which the cells differ by no more than an encoder may change them. */
const flatness = 1;

/** Numbers of a fingerprint: one a cell, and a last one that is 1 where the picture is flat. */
export const fingerprintLength = side * side + 1;

/**
 * Cosine of two fingerprints from which on they are taken for one picture. Measured on 200 radiographs of 512 pixels and 200
 * histology tiles of 224: at least 0.998 after JPEG of quality 60–95, WebP, halving, doubling, turning by EXIF, gray, 16 bits;
 * at least 0.994 at a quarter of the size. The nearest pictures of other patients reached 0.966 and 0.925.
 */
export const samePictureCosine = 0.99;

/**
 * What stays of a picture when it is resized or encoded again: luma over a grid of 16 × 16 cells, less its mean, at unit length.
 * Aspect, brightness and contrast do not count; a crop, a mirrored or an inverted picture has another fingerprint.
 */
export function fingerprintOf(raster: Raster): Float32Array {
  const fingerprint = new Float32Array(fingerprintLength);
  const cells = shrinkAndTurn(shrinkAndTurn(lumaOf(raster))).data;
  const mean = cells.reduce((sum, cell) => sum + cell, 0) / cells.length;
  const length = Math.hypot(...cells.map((cell) => cell - mean));
  if (length < flatness * side) fingerprint[side * side] = 1;
  else fingerprint.set(cells.map((cell) => (cell - mean) / length));
  return fingerprint;
}

/** A flat picture has no structure that could tell it from another. */
export function isFlat(fingerprint: Float32Array): boolean {
  return fingerprint[side * side] === 1;
}

/**
 * The plane with 16 cells across instead of its width, rows turned into columns; applied twice it gives 16 × 16 cells upright. A
 * pixel on a border counts in both cells by its share, so that sizes need not be multiples of 16.
 */
function shrinkAndTurn({ width, height, data }: Plane): Plane {
  const cells = new Float32Array(side * height);
  for (let cell = 0; cell < side; cell++) {
    const start = (cell * width) / side;
    const end = ((cell + 1) * width) / side;
    for (let y = 0; y < height; y++) {
      let sum = 0;
      for (let x = Math.floor(start); x < end; x++) {
        sum += data[y * width + x]! * (Math.min(end, x + 1) - Math.max(start, x));
      }
      cells[cell * height + y] = sum / (end - start);
    }
  }
  return { width: height, height: side, data: cells };
}
