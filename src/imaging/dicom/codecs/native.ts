import type { ImagePixel } from "../image-pixel.ts";
import { bytesPerSample, makeSamples, type Samples, swapBytes, viewSamples } from "../pixel-array.ts";
import {
  deflatedExplicit,
  explicitBigEndian,
  explicitLittleEndian,
  implicitLittleEndian,
} from "../transfer-syntaxes.ts";
import type { PixelCodec } from "./codec.ts";

/** Uncompressed pixels (PS3.5 8.1.1, A.1, A.2, A.5). */
export const native: PixelCodec = {
  syntaxes: [implicitLittleEndian, explicitLittleEndian, deflatedExplicit],
  encapsulated: false,
  decodeFrame: (bytes, image) => ({ data: readNative(bytes, image) }),
};

/** Uncompressed pixels with the most significant byte first (PS3.5 A.3, retired). */
export const nativeBigEndian: PixelCodec = {
  syntaxes: [explicitBigEndian],
  encapsulated: false,
  decodeFrame: (bytes, image) => ({ data: readNative(swapBytes(bytes, bytesPerSample(image.type)), image) }),
};

/** Length in bits of a frame as stored without compression; one of 1-bit pixels may end inside a byte. */
export function nativeFrameBits(image: ImagePixel): number {
  return isSubsampled(image) ? (frameBits(image) * 2) / 3 : frameBits(image);
}

function readNative(bytes: Uint8Array, image: ImagePixel): Samples {
  return isSubsampled(image)
    ? repeatChroma(viewSamples(bytes, image.type), image)
    : readStoredSamples(bytes, image);
}

/**
 * Uncompressed YBR_FULL_422 has two samples a pixel: Y, Y, Cb, Cr for each pair of pixels (PS3.3 C.7.6.3.1.2). Files that have three
 * in spite of that name are known by their length.
 */
function isSubsampled(image: ImagePixel): boolean {
  const isNamed = image.samples === 3 && image.photometric === "YBR_FULL_422";
  return isNamed && image.element.bytes.length * 8 < frameBits(image) * image.frames;
}

/** Length in bits of a frame with all its samples. */
export function frameBits({ rows, columns, samples, bitsAllocated }: ImagePixel): number {
  return rows * columns * samples * bitsAllocated;
}

/** The samples of a frame from its little-endian bytes, of which there are as many as `frameBits` says. */
export function readStoredSamples(bytes: Uint8Array, image: ImagePixel): Samples {
  if (image.bitsAllocated === 1) return unpackBits(bytes, image.rows * image.columns * image.samples);
  const samples = viewSamples(bytes, image.type);
  return image.samples > 1 && image.planar ? interleave(samples, image) : samples;
}

/** First pixel in the least significant bit (PS3.5 8.1.1). */
function unpackBits(bytes: Uint8Array, count: number): Uint8Array {
  const bits = new Uint8Array(count);
  for (let index = 0; index < count; index++) bits[index] = (bytes[index >> 3]! >> (index & 7)) & 1;
  return bits;
}

function repeatChroma(samples: Samples, image: ImagePixel): Samples {
  const full = makeSamples(image.type, image.rows * image.columns * 3);
  for (let from = 0, to = 0; from + 3 < samples.length; from += 4, to += 6) {
    full[to] = samples[from]!;
    full[to + 3] = samples[from + 1]!;
    full[to + 1] = full[to + 4] = samples[from + 2]!;
    full[to + 2] = full[to + 5] = samples[from + 3]!;
  }
  return full;
}

/** Planes one after the other made pixels one after the other. */
export function interleave(planes: Samples, { rows, columns, samples, type }: ImagePixel): Samples {
  const pixels = rows * columns;
  const interleaved = makeSamples(type, pixels * samples);
  for (let sample = 0; sample < samples; sample++) {
    const plane = sample * pixels;
    for (let pixel = 0; pixel < pixels; pixel++)
      interleaved[pixel * samples + sample] = planes[plane + pixel]!;
  }
  return interleaved;
}
