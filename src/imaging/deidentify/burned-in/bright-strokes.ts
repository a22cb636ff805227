import { invertPlane, type Plane } from "./plane.ts";

/**
 * Where something bright stands that is thinner than `2 × radius + 1` pixels: 1 where the white top-hat (value minus its morphological
 * opening by a square; Serra 1982) reaches the contrast. Ribs and tissue are wider than the strokes of letters, and so fall out. Where
 * the whole picture is grainy, a stroke must reach `grain` times the mean top-hat.
 */
export function findBrightStrokes(
  plane: Plane,
  { radius, contrast, grain }: { radius: number; contrast: number; grain: number },
): Uint8Array {
  const eroded = minimum(plane, radius);
  const opened = invertPlane(minimum(invertPlane(eroded), radius)).values;
  const heights = new Uint8Array(opened.length);
  let sum = 0;
  for (let index = 0; index < heights.length; index++) {
    heights[index] = plane.values[index]! - opened[index]!;
    sum += heights[index]!;
  }
  const least = Math.max(contrast, (grain * sum) / heights.length);
  return heights.map((height) => (height >= least ? 1 : 0));
}

/** The minimum over a square around each pixel, by rows and then by columns. */
function minimum(plane: Plane, radius: number): Plane {
  return transpose(minimumOfRows(transpose(minimumOfRows(plane, radius)), radius));
}

/** By blocks of the window's width, from the left and from the right, so that the radius costs nothing (van Herk 1992). */
function minimumOfRows({ width, height, values }: Plane, radius: number): Plane {
  const window = 2 * radius + 1;
  const length = width + 2 * radius;
  const result = new Uint8Array(values.length);
  const row = new Uint8Array(length).fill(255);
  const fromLeft = new Uint8Array(length);
  const fromRight = new Uint8Array(length);
  for (let y = 0; y < height; y++) {
    row.set(values.subarray(y * width, (y + 1) * width), radius);
    for (let index = 0, lowest = 255; index < length; index++) {
      const value = row[index]!;
      lowest = index % window === 0 || value < lowest ? value : lowest;
      fromLeft[index] = lowest;
    }
    for (let index = length - 1, lowest = 255; index >= 0; index--) {
      const value = row[index]!;
      lowest = (index + 1) % window === 0 || value < lowest ? value : lowest;
      fromRight[index] = lowest;
    }
    for (let x = 0; x < width; x++) {
      result[y * width + x] = Math.min(fromRight[x]!, fromLeft[x + window - 1]!);
    }
  }
  return { width, height, values: result };
}

function transpose({ width, height, values }: Plane): Plane {
  const turned = new Uint8Array(values.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) turned[x * height + y] = values[y * width + x]!;
  }
  return { width: height, height: width, values: turned };
}
