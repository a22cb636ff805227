import type { Raster } from "../raster.ts";

/** Pixels a side of the pictures that are measured. */
export const pictureSide = 128;

/** A picture of 128 × 128 samples, 0–255, whatever its size and aspect were; of a gray one all planes are the same. */
export type SmallPicture = {
  isColor: boolean;
  red: Float32Array;
  green: Float32Array;
  blue: Float32Array;
  /** ITU-R BT.601 weights. */
  luma: Float32Array;
};

/** Each sample is the mean of the pixels that it covers, of every other row where it covers four or more. */
export function shrinkPicture(raster: Raster): SmallPicture {
  const { channels } = raster;
  const [red = new Float32Array(), green = red, blue = red] = shrinkPlanes(raster);
  if (channels === 1) return { isColor: false, red, green, blue, luma: red };
  const luma = new Float32Array(red.length);
  for (let cell = 0; cell < luma.length; cell++) {
    luma[cell] = 0.299 * red[cell]! + 0.587 * green[cell]! + 0.114 * blue[cell]!;
  }
  return { isColor: true, red, green, blue, luma };
}

function shrinkPlanes({ width, height, channels, data }: Raster): Float32Array[] {
  const columns = edges(width);
  const rows = edges(height);
  return Array.from({ length: channels }, (_, channel) => {
    const plane = new Float32Array(pictureSide * pictureSide);
    for (let cell = 0; cell < plane.length; cell++) {
      const x = (cell % pictureSide) * 2;
      const y = (cell >> 7) * 2;
      const top = rows[y]!;
      const bottom = rows[y + 1]!;
      const left = columns[x]!;
      const right = columns[x + 1]!;
      const step = bottom - top < 4 ? 1 : 2;
      let sum = 0;
      let taken = 0;
      for (let row = top; row < bottom; row += step) {
        taken += right - left;
        const end = (row * width + right) * channels;
        for (let at = (row * width + left) * channels + channel; at < end; at += channels) sum += data[at]!;
      }
      plane[cell] = sum / taken;
    }
    return plane;
  });
}

/** Where each cell of a row begins and ends: at least one pixel. */
function edges(length: number): Uint32Array {
  const found = new Uint32Array(pictureSide * 2);
  for (let cell = 0; cell < pictureSide; cell++) {
    const start = Math.floor((cell * length) / pictureSide);
    found[cell * 2] = start;
    found[cell * 2 + 1] = Math.max(start + 1, Math.floor(((cell + 1) * length) / pictureSide));
  }
  return found;
}
