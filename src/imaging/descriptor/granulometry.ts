import { boundLength } from "./normalization.ts";
import type { Plane } from "./plane.ts";

/**
 * How large bright and dark grains are, such as the lumina of glands and groups of nuclei: what an opening and a closing by a square
 * take away more than by the next smaller one (pattern spectrum; Maragos, TPAMI 1989). `plane` holds 0–1, `radii` are in pixels. 2
 * numbers a radius, times `scale`, the whole bounded to length 1.
 */
export function granulometry(
  plane: Plane,
  options: { radii: readonly number[]; scale: number },
): Float32Array {
  const spectrum: number[] = [];
  let opened = meanOf(plane);
  let closed = opened;
  for (const radius of options.radii) {
    const opening = meanOf(dilate(erode(plane, radius), radius));
    const closing = meanOf(erode(dilate(plane, radius), radius));
    spectrum.push(options.scale * (opened - opening), options.scale * (closing - closed));
    opened = opening;
    closed = closing;
  }
  return boundLength(Float32Array.from(spectrum));
}

function meanOf({ data }: Plane): number {
  let sum = 0;
  for (let at = 0; at < data.length; at++) sum += data[at]!;
  return sum / data.length;
}

/** The smallest sample of the square around each; beyond the border the last sample is repeated. */
function erode(plane: Plane, radius: number): Plane {
  return erodeAcross(erodeAcross(plane, radius), radius);
}

/** The largest sample of the square around each. */
function dilate(plane: Plane, radius: number): Plane {
  return negate(erode(negate(plane), radius));
}

function negate({ width, height, data }: Plane): Plane {
  const negative = new Float32Array(data.length);
  for (let at = 0; at < data.length; at++) negative[at] = -data[at]!;
  return { width, height, data: negative };
}

/** Of each row, rows turned into columns. A window is covered by two windows of a power of two, which doubling finds. */
function erodeAcross({ width, height, data }: Plane, radius: number): Plane {
  const side = 2 * radius + 1;
  const padded = width + 2 * radius;
  const turned = new Float32Array(width * height);
  const row = new Float32Array(padded);
  const covering = 2 ** Math.floor(Math.log2(side));
  for (let y = 0; y < height; y++) {
    const first = y * width;
    row.fill(data[first]!, 0, radius);
    row.set(data.subarray(first, first + width), radius);
    row.fill(data[first + width - 1]!, radius + width);
    for (let step = 1; step < covering; step *= 2) {
      for (let x = 0; x + step < padded; x++) {
        const next = row[x + step]!;
        if (next < row[x]!) row[x] = next;
      }
    }
    for (let x = 0; x < width; x++) {
      turned[x * height + y] = Math.min(row[x]!, row[x + side - covering]!);
    }
  }
  return { width: height, height: width, data: turned };
}
