import type { DataSet } from "../data-set.ts";
import type { ImagePixel } from "../image-pixel.ts";
import { type Samples, withoutSign } from "../pixel-array.ts";
import { tags } from "../tags.ts";
import { readNumber } from "../values.ts";
import type { Histogram } from "./value-range.ts";

/** Pixels that are drawn at once where they can't go through a table. */
const chunkLength = 65_536;
/** Pixels from which a range is estimated where there is no histogram. */
const sampledPixels = 1_000_000;

/** Turns stored values into gray values from 0 to 255. */
type Show = (values: Float64Array) => Uint8Array;

/** The stored values of a gray frame: those of 8 and 16 bits through a table of all values, others as they are. */
export type StoredValues = {
  /** How often each value occurs, without padding; of a sample where there is no table. */
  histogram: () => Histogram;
  draw: (show: Show) => Uint8Array;
};

export function storedValues(data: Samples, image: ImagePixel, dataSet: DataSet): StoredValues {
  const isPadding = paddingTest(dataSet, image);
  if (data.BYTES_PER_ELEMENT > 2) return directValues(data, isPadding);
  const values = tableValues(image, dataSet);
  const indexes = withoutSign(data);
  return {
    histogram: () => {
      const counts = new Uint32Array(values.length);
      for (let pixel = 0; pixel < indexes.length; pixel++) counts[indexes[pixel]!]! += 1;
      for (let index = 0; index < counts.length; index++) if (isPadding(values[index]!)) counts[index] = 0;
      return { values, counts };
    },
    draw: (show) => {
      const table = show(values);
      const pixels = new Uint8Array(indexes.length);
      for (let pixel = 0; pixel < indexes.length; pixel++) pixels[pixel] = table[indexes[pixel]!]!;
      return pixels;
    },
  };
}

/**
 * What each pattern of bits means: the Bits Stored below High Bit, with a sign where Pixel Representation says so. Bits above, where old
 * files keep overlays, don't count (PS3.5 8.1.1).
 */
function tableValues(image: ImagePixel, dataSet: DataSet): Float64Array {
  const bits = image.bitsAllocated === 1 ? 8 : image.bitsAllocated;
  const stored = image.bitsAllocated === 1 ? 8 : image.bitsStored;
  const highBit = readNumber(dataSet, tags.highBit) ?? stored - 1;
  const below = Math.max(0, Math.min(highBit, bits - 1) + 1 - stored);
  const isSigned = image.type.startsWith("int");
  const shift = 32 - stored;
  const values = new Float64Array(2 ** bits);
  for (let pattern = 0; pattern < values.length; pattern++) {
    const aligned = (pattern >> below) << shift;
    values[pattern] = isSigned ? aligned >> shift : aligned >>> shift;
  }
  return values;
}

function directValues(data: Samples, isPadding: (value: number) => boolean): StoredValues {
  return {
    histogram: () => {
      const step = Math.ceil(data.length / sampledPixels);
      const sampled = Float64Array.from(
        { length: Math.ceil(data.length / step) },
        (_, index) => data[index * step]!,
      );
      const values = sampled.filter((value) => !isPadding(value));
      return { values, counts: new Uint8Array(values.length).fill(1) };
    },
    draw: (show) => {
      const pixels = new Uint8Array(data.length);
      for (let from = 0; from < data.length; from += chunkLength) {
        pixels.set(show(Float64Array.from(data.subarray(from, from + chunkLength))), from);
      }
      return pixels;
    },
  };
}

/** Whether a stored value stands for a pixel without content (PS3.3 C.7.5.1.1.2). */
function paddingTest(dataSet: DataSet, { type, bitsAllocated }: ImagePixel): (value: number) => boolean {
  const read = (tag: number) => {
    const value = readNumber(dataSet, tag);
    const isNegative = type === "int16" && value !== undefined && bitsAllocated === 16;
    return isNegative ? (value << 16) >> 16 : value;
  };
  const value = read(tags.pixelPaddingValue);
  if (value === undefined) return () => false;
  const limit = read(tags.pixelPaddingRangeLimit) ?? value;
  const [lowest, highest] = [Math.min(value, limit), Math.max(value, limit)];
  return (stored) => stored >= lowest && stored <= highest;
}
