import { fingerprintSide as side } from "../fingerprint.ts";
import { dot, type LineReading, placeOf, readAcross, readDown, readLine } from "./fingerprint-grid.ts";

const steps = 6;
/** The furthest that a crop may go, in half sides of the picture: of the scale, and of the middle. */
const furthestScale = 0.11;
const furthestShift = 0.055;
const unknowns = 5;
/** After two steps the way of a crop to its picture is done but for so many times of what may be left of it. */
const hopeless = 3;

/** A grid read anew in a window: its values, then how they change with shift and scale across, and with shift and scale down. */
type Window = { down: LineReading; across: LineReading; columns: Float32Array[] };

/**
 * The highest cosine of two grids when the second is moved and stretched as a crop would do, down and across apart: Gauss–Newton on
 * shift, scale and contrast (Lucas and Kanade 1981) over the cells that both pictures have. At most 5.5 % is cut off a side. Where two
 * steps do not lead close to `needed` it gives up.
 */
export function alignedCosine(a: Float32Array, b: Float32Array, needed: number): number {
  let [acrossScale, downScale, acrossShift, downShift] = [1, 1, 0, 0];
  let best = -1;
  for (let step = 0; ; step++) {
    const window = openWindow(b, readLine(downScale, downShift), readLine(acrossScale, acrossShift));
    const target = center(a, window);
    best = Math.max(best, cosineOf(target, window.columns[0]!));
    const isHopeless = step >= 2 && 1 - best > hopeless * (1 - needed);
    if (step === steps || isHopeless) return best;
    const change = solve(normalEquations(window.columns, target));
    if (change === undefined) return best;
    const gain = Math.max(0.2, change[0]!);
    acrossShift = clamp(acrossShift + change[1]! / gain, furthestShift);
    acrossScale = 1 + clamp(acrossScale - 1 + change[2]! / gain, furthestScale);
    downShift = clamp(downShift + change[3]! / gain, furthestShift);
    downScale = 1 + clamp(downScale - 1 + change[4]! / gain, furthestScale);
  }
}

/**
 * How much of a grid can't be foretold from cells nearby: the sum of its squared second differences, 0 for a ramp and about 12 for
 * noise. What a crop changes in a grid is at most a small part of it.
 */
export function curvatureOf(grid: Float32Array): number {
  let sum = 0;
  for (let line = 0; line < side; line++) {
    for (let place = 1; place < side - 1; place++) {
      const across = line * side + place;
      const down = place * side + line;
      sum += (grid[across - 1]! - 2 * grid[across]! + grid[across + 1]!) ** 2;
      sum += (grid[down - side]! - 2 * grid[down]! + grid[down + side]!) ** 2;
    }
  }
  return sum;
}

function openWindow(grid: Float32Array, down: LineReading, across: LineReading): Window {
  const read = readAcross(grid, across, across.weights);
  const acrossSlope = readDown(readAcross(grid, across, across.slopes), down, down.weights);
  const downSlope = readDown(read, down, down.slopes);
  const acrossStretch = new Float32Array(side * side);
  const downStretch = new Float32Array(side * side);
  for (let cell = 0; cell < side * side; cell++) {
    acrossStretch[cell] = acrossSlope[cell]! * placeOf(cell % side);
    downStretch[cell] = downSlope[cell]! * placeOf(Math.floor(cell / side));
  }
  const values = readDown(read, down, down.weights);
  const columns = [values, acrossSlope, acrossStretch, downSlope, downStretch];
  return { down, across, columns: columns.map((column) => center(column, { down, across })) };
}

/** The grid less its mean over the cells of the window, and zero outside. */
function center(grid: Float32Array, { down, across }: Pick<Window, "down" | "across">): Float32Array {
  const centered = new Float32Array(side * side);
  let sum = 0;
  for (let row = down.first; row < down.last; row++) {
    for (let column = across.first; column < across.last; column++) sum += grid[row * side + column]!;
  }
  const mean = sum / ((down.last - down.first) * (across.last - across.first));
  for (let row = down.first; row < down.last; row++) {
    for (let column = across.first; column < across.last; column++) {
      centered[row * side + column] = grid[row * side + column]! - mean;
    }
  }
  return centered;
}

/** The symmetric matrix of the columns' products, each row followed by the product with the target. */
function normalEquations(columns: readonly Float32Array[], target: Float32Array): Float64Array[] {
  const equations = columns.map(() => new Float64Array(unknowns + 1));
  for (const [row, column] of columns.entries()) {
    const equation = equations[row]!;
    for (let other = 0; other <= row; other++) {
      equation[other] = dot(column, columns[other]!);
      equations[other]![row] = equation[other]!;
    }
    equation[row]! += 1e-6;
    equation[unknowns] = dot(column, target);
  }
  return equations;
}

/** Gauss's elimination; undefined where the equations do not decide. */
function solve(equations: readonly Float64Array[]): Float64Array | undefined {
  for (let pivot = 0; pivot < unknowns; pivot++) {
    const equation = equations[pivot]!;
    // The matrix is positive definite: its pivots need no search.
    if (equation[pivot]! < 1e-12) return undefined;
    for (const [row, other] of equations.entries()) {
      if (row === pivot) continue;
      const factor = other[pivot]! / equation[pivot]!;
      for (let column = pivot; column <= unknowns; column++) other[column]! -= factor * equation[column]!;
    }
  }
  return Float64Array.from(equations, (equation, row) => equation[unknowns]! / equation[row]!);
}

function cosineOf(a: Float32Array, b: Float32Array): number {
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b) + 1e-12);
}

function clamp(value: number, furthest: number): number {
  return Math.min(furthest, Math.max(-furthest, value));
}
