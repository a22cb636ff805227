import type { DataSet } from "./data-set.ts";
import { swapBytes } from "./pixel-array.ts";
import { tags } from "./tags.ts";
import { readNumber } from "./values.ts";

/**
 * The data set with its 8-bit pixels one after the other: where they stand in big endian words (OW), each two are turned round (PS3.5
 * 8.1.1 and A.3, retired). `decodePixels` leaves them as they lie, as other readers do, so that hashes of stored values can be compared.
 */
export function inPixelOrder(dataSet: DataSet): DataSet {
  const pixels = dataSet.elements.get(tags.pixelData);
  const isInWords = !dataSet.littleEndian && pixels?.vr === "OW" && !pixels.fragments;
  if (!isInWords || readNumber(dataSet, tags.bitsAllocated) !== 8) return dataSet;
  const whole = pixels.bytes.subarray(0, pixels.bytes.length & ~1);
  const elements = new Map(dataSet.elements);
  elements.set(tags.pixelData, { ...pixels, bytes: swapBytes(whole, 2) });
  return { ...dataSet, elements };
}
