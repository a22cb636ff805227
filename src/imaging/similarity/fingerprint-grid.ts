import { fingerprintSide as side } from "../fingerprint.ts";

const cells = side * side;

/** Where each cell of the grid comes from under the eight symmetries of the square: turned by 0, 90, 180, 270°, then mirrored too. */
const symmetries = [false, true].flatMap((mirrored) =>
  [0, 1, 2, 3].map((quarterTurns) =>
    Uint16Array.from({ length: cells }, (_, cell) => {
      let [row, column] = [Math.floor(cell / side), cell % side];
      for (let turn = 0; turn < quarterTurns; turn++) [row, column] = [column, side - 1 - row];
      return row * side + (mirrored ? side - 1 - column : column);
    }),
  ),
);

/** The grid as it is, turned by 90°, 180°, 270°, and these mirrored: only its cells change places. */
export function symmetricGrids(grid: Float32Array): Float32Array[] {
  return symmetries.map((places) => Float32Array.from(places, (place) => grid[place]!));
}

/** Cells that a place between cells is read from. */
const taps = 4;

/**
 * Reads a line of 16 cells anew, at `scale` × place + `shift` for the places of the cells' middles: for each of them four cells with
 * their weights, those of Catmull and Rom's cubic (1974), and the weights' change by place. The places from `first` to `last` (not
 * included) lie on the picture.
 */
export type LineReading = {
  cells: Uint8Array;
  weights: Float32Array;
  slopes: Float32Array;
  first: number;
  last: number;
};

export function readLine(scale: number, shift: number): LineReading {
  const cells = new Uint8Array(side * taps);
  const weights = new Float32Array(side * taps);
  const slopes = new Float32Array(side * taps);
  let first = side;
  let last = 0;
  for (let reading = 0; reading < side; reading++) {
    const place = ((scale * placeOf(reading) + shift + 1) * side) / 2 - 0.5;
    const left = Math.floor(place);
    for (let tap = 0; tap < taps; tap++) {
      const cell = left + tap - 1;
      cells[reading * taps + tap] = Math.min(side - 1, Math.max(0, cell));
      weights[reading * taps + tap] = cubic(place - cell);
      slopes[reading * taps + tap] = (cubicSlope(place - cell) * side) / 2;
    }
    if (place < -0.6 || place > side - 0.4) continue;
    first = Math.min(first, reading);
    last = reading + 1;
  }
  return { cells, weights, slopes, first, last };
}

/** The middle of a cell, from −1 to 1 across the picture. */
export function placeOf(cell: number): number {
  return (2 * cell + 1) / side - 1;
}

function cubic(distance: number): number {
  const d = Math.abs(distance);
  if (d < 1) return (1.5 * d - 2.5) * d * d + 1;
  return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
}

function cubicSlope(distance: number): number {
  const d = Math.abs(distance);
  const slope = d < 1 ? (4.5 * d - 5) * d : d < 2 ? (-1.5 * d + 5) * d - 4 : 0;
  return distance < 0 ? -slope : slope;
}

/** Each row of the grid read anew, with the reading's weights or its slopes. */
export function readAcross(
  grid: Float32Array,
  { cells: from }: LineReading,
  weights: Float32Array,
): Float32Array {
  const read = new Float32Array(cells);
  for (let row = 0; row < cells; row += side) {
    for (let column = 0; column < side; column++) {
      let sum = 0;
      for (let tap = column * taps; tap < (column + 1) * taps; tap++) {
        sum += weights[tap]! * grid[row + from[tap]!]!;
      }
      read[row + column] = sum;
    }
  }
  return read;
}

/** Each column of the grid read anew, with the reading's weights or its slopes. */
export function readDown(
  grid: Float32Array,
  { cells: from }: LineReading,
  weights: Float32Array,
): Float32Array {
  const read = new Float32Array(cells);
  for (let row = 0; row < side; row++) {
    for (let tap = row * taps; tap < (row + 1) * taps; tap++) {
      const weight = weights[tap]!;
      const start = from[tap]! * side;
      for (let column = 0; column < side; column++) {
        read[row * side + column]! += weight * grid[start + column]!;
      }
    }
  }
  return read;
}

/** The cosine of two fingerprints, whose grids have unit length; else the product of their cells. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < cells; index++) sum += a[index]! * b[index]!;
  return sum;
}
