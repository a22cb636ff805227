import type { Plane } from "./plane.ts";
import { invertBytes, keepSmaller } from "./smaller-bytes.ts";

/**
 * Where something bright stands that is thinner than `2 × radius + 1` pixels: 1 where the white top-hat (value minus its morphological
 * opening by a square; Serra 1982) reaches the contrast. Ribs and tissue are wider than the strokes of letters, and so fall out. Where
 * the whole picture is grainy, a stroke must reach `grain` times the mean top-hat.
 */
export function findBrightStrokes(
  plane: Plane,
  { radius, contrast, grain }: { radius: number; contrast: number; grain: number },
): Uint8Array {
  const { values } = plane;
  const opened = open(plane, radius);
  const heights = new Uint8Array(values.length);
  let sum = 0;
  for (let index = 0; index < heights.length; index++) {
    const height = values[index]! - opened[index]!;
    heights[index] = height;
    sum += height;
  }
  const least = Math.ceil(Math.max(contrast, (grain * sum) / heights.length));
  for (let index = 0; index < heights.length; index++) heights[index] = (least - 1 - heights[index]!) >>> 31;
  return heights;
}

/** The largest of the smallest values over squares. Beyond the edge nothing counts. */
function open(plane: Plane, radius: number): Uint8Array {
  const eroded = frame(plane, radius);
  spreadMinimum(eroded, radius);
  invertBytes(eroded.values);
  const dilated = frame(withoutFrame(eroded, plane), radius);
  spreadMinimum(dilated, radius);
  invertBytes(dilated.values);
  return withoutFrame(dilated, plane).values;
}

/** The plane with `radius` pixels of 255 on each side, and more below, so that its values come in fours. */
function frame({ width, height, values }: Plane, radius: number): Plane {
  const framed = { width: width + 2 * radius, height: height + 2 * radius };
  const padded = new Uint8Array((framed.width * framed.height + 3) & ~3).fill(255);
  for (let y = 0; y < height; y++) {
    padded.set(values.subarray(y * width, (y + 1) * width), (y + radius) * framed.width + radius);
  }
  return { ...framed, values: padded };
}

/** The part of a framed plane where the windows of `spreadMinimum` begin, which is as large as the plane was. */
function withoutFrame(framed: Plane, { width, height }: Plane): Plane {
  const values = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    values.set(framed.values.subarray(y * framed.width, y * framed.width + width), y * width);
  }
  return { width, height, values };
}

/** Makes each value the smallest of the square that it begins, in place. Windows grow by doubling: four steps a direction for 9 pixels. */
function spreadMinimum({ width, values }: Plane, radius: number): void {
  const window = 2 * radius + 1;
  const ahead = new Uint8Array(values.length);
  for (const step of [1, width]) {
    for (let reached = 1; reached < window; ) {
      const further = Math.min(reached, window - reached);
      ahead.fill(255);
      ahead.set(values.subarray(further * step));
      keepSmaller(values, ahead);
      reached += further;
    }
  }
}
