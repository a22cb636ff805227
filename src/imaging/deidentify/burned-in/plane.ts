import type { Raster } from "../../raster.ts";

/** Gray values 0–255 in rows. */
export type Plane = { width: number; height: number; values: Uint8Array };

/** Luma of ITU-R BT.601 for color; gray pixels are the same array. */
export function grayPlane({ width, height, channels, data }: Raster): Plane {
  if (channels === 1) return { width, height, values: data };
  const values = new Uint8Array(width * height);
  for (let index = 0; index < values.length; index++) {
    const offset = index * channels;
    values[index] = (299 * data[offset]! + 587 * data[offset + 1]! + 114 * data[offset + 2]!) / 1000;
  }
  return { width, height, values };
}

/** Half as wide and high, each value the mean of four. */
export function halvePlane({ width, height, values }: Plane): Plane {
  const half = {
    width: width >> 1,
    height: height >> 1,
    values: new Uint8Array((width >> 1) * (height >> 1)),
  };
  for (let y = 0; y < half.height; y++) {
    for (let x = 0; x < half.width; x++) {
      const at = 2 * y * width + 2 * x;
      const sum = values[at]! + values[at + 1]! + values[at + width]! + values[at + width + 1]!;
      half.values[y * half.width + x] = sum >> 2;
    }
  }
  return half;
}

export function invertPlane({ width, height, values }: Plane): Plane {
  const inverted = new Uint8Array(values.length);
  for (let index = 0; index < values.length; index++) inverted[index] = 255 - values[index]!;
  return { width, height, values: inverted };
}
