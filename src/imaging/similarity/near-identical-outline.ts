import { isFlat, fingerprintSide as side } from "../fingerprint.ts";
import { readLine } from "./fingerprint-grid.ts";

/** Frequencies down and across of an outline's numbers: first those that stay as they are when the picture is mirrored left to right. */
const frequencies = [
  ...["1 0", "0 2", "2 0", "1 2", "2 2", "3 0", "3 2", "0 4", "4 0"],
  ...["0 1", "1 1", "2 1", "0 3", "1 3", "3 1", "2 3"],
].map((text) => text.split(" ").map(Number) as [number, number]);
const lines = 5;

/** Numbers of an outline. */
export const outlineLength = frequencies.length;

/** The numbers from this one on change their sign when the picture is mirrored left to right. */
export const firstMirrored = frequencies.findIndex(([, across]) => across % 2 === 1);

/** Where a number goes when the picture is turned; its own place where that is the same one or its partner is left out. */
const partners = frequencies.map(([down, across], index) => {
  const partner = frequencies.findIndex((other) => other[0] === across && other[1] === down);
  return partner < 0 ? index : partner;
});

type OutlineReader = (grid: Float32Array) => Float32Array;

/** The outlines of all fingerprints, a column a number: a search reads little more than the first columns. */
export function createOutlineTable(
  fingerprints: readonly Float32Array[],
  read: OutlineReader,
): Float32Array[] {
  const columns = Array.from({ length: outlineLength }, () => new Float32Array(fingerprints.length));
  for (const [position, fingerprint] of fingerprints.entries()) {
    const outline = read(fingerprint);
    // A flat picture lies so far from all others that it is never met.
    for (const [index, column] of columns.entries())
      column[position] = isFlat(fingerprint) ? 9 : outline[index]!;
  }
  return columns;
}

/**
 * Reads the coarse structure of a grid's middle window of `scale` (0 to 1) of its sides: the 16 lowest frequencies of its
 * orthonormal cosine transform but the mean, together of unit length.
 */
export function windowOutline(scale: number): OutlineReader {
  const transform = lowFrequencies(scale);
  return (grid) => {
    const outline = transform(grid);
    let squares = 0;
    for (let index = 0; index < outlineLength; index++) squares += outline[index]! ** 2;
    const factor = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let index = 0; index < outlineLength; index++) outline[index]! *= factor;
    return outline;
  };
}

/**
 * Reads the coarse structure of a whole grid so that a turned or mirrored one has the same: each frequency without its sign, and a
 * pair of frequencies in falling order. Two of them are never farther apart than their grids are in any of the eight ways.
 */
export function turnedOutline(): OutlineReader {
  const transform = lowFrequencies(1);
  return (grid) => {
    const outline = transform(grid);
    for (let index = 0; index < outlineLength; index++) outline[index] = Math.abs(outline[index]!);
    for (const [index, partner] of partners.entries()) {
      const [first, second] = [outline[index]!, outline[partner]!];
      if (index >= partner || first >= second) continue;
      outline[index] = second;
      outline[partner] = first;
    }
    return outline;
  };
}

function lowFrequencies(scale: number): OutlineReader {
  const basis = basisOf(scale);
  const rows = new Float32Array(lines * side);
  return (grid) => {
    const outline = new Float32Array(outlineLength);
    for (let line = 0; line < lines; line++) {
      for (let row = 0; row < side; row++) {
        let sum = 0;
        for (let column = 0; column < side; column++) {
          sum += basis[line * side + column]! * grid[row * side + column]!;
        }
        rows[line * side + row] = sum;
      }
    }
    for (let index = 0; index < outlineLength; index++) {
      const [down, across] = frequencies[index]!;
      let sum = 0;
      for (let row = 0; row < side; row++) sum += basis[down * side + row]! * rows[across * side + row]!;
      outline[index] = sum;
    }
    return outline;
  };
}

/** Cosines of the lowest frequencies over the window, as weights of the grid's own cells. */
function basisOf(scale: number): Float32Array {
  const { cells, weights } = readLine(scale, 0);
  const taps = cells.length / side;
  const basis = new Float32Array(lines * side);
  for (let line = 0; line < lines; line++) {
    const amplitude = Math.sqrt((line === 0 ? 1 : 2) / side);
    for (const [tap, cell] of cells.entries()) {
      const row = Math.floor(tap / taps);
      const wave = amplitude * Math.cos((Math.PI * line * (2 * row + 1)) / (2 * side));
      basis[line * side + cell]! += wave * weights[tap]!;
    }
  }
  return basis;
}
