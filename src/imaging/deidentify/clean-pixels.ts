import type { DataSet, DicomElement } from "../dicom/data-set.ts";
import { tags } from "../dicom/tags.ts";
import { readNumber, readText } from "../dicom/values.ts";
import { blankComments } from "./codestream-comments.ts";
import { toLittleEndian } from "./little-endian.ts";
import type { WritableElement } from "./write-data-set.ts";

/**
 * Pixel data to be written: fragments as they are but for comments in their codestreams; native pixels in little endian order, without
 * overlays in unused bits, and without bytes behind the last pixel.
 */
export function cleanPixels(element: DicomElement, dataSet: DataSet): WritableElement {
  const { tag, vr, bytes, fragments } = element;
  if (fragments) {
    const [offsetTable = new Uint8Array(), ...frames] = fragments;
    return { tag, vr: "OB", bytes, fragments: [offsetTable, ...blankComments(frames)] };
  }
  const bits = readNumber(dataSet, tags.bitsAllocated) ?? 8;
  const written = writtenVr(tag, vr, bits);
  // Whole samples are turned round, and so are words of two samples of 8 bits.
  const unit = vr === "OW" && bits === 8 ? 2 : Math.max(bits / 8, 1);
  const ordered = dataSet.littleEndian ? bytes : toLittleEndian(bytes, written, unit);
  const pixels = ordered.subarray(0, nativeLength(dataSet, bits) ?? ordered.length);
  return { tag, vr: written, bytes: withoutOverlays(pixels, dataSet, bits) };
}

function writtenVr(tag: number, vr: string, bits: number): string {
  if (tag === tags.floatPixelData) return "OF";
  if (tag === tags.doubleFloatPixelData) return "OD";
  return vr === "OB" && bits <= 8 ? "OB" : "OW";
}

/** Bytes of all frames (PS3.3 C.7.6.3); undefined where the data set doesn't say it. */
function nativeLength(dataSet: DataSet, bits: number): number | undefined {
  const [rows, columns] = [readNumber(dataSet, tags.rows), readNumber(dataSet, tags.columns)];
  if (!rows || !columns || !(bits > 0)) return undefined;
  const frames = readNumber(dataSet, tags.numberOfFrames) || 1;
  // Of three samples, two pixels share two (PS3.3 C.7.6.3.1.2).
  const isHalved = readText(dataSet, tags.photometricInterpretation) === "YBR_FULL_422";
  const samples = isHalved ? 2 : readNumber(dataSet, tags.samplesPerPixel) || 1;
  const length = Math.ceil((frames * rows * columns * samples * bits) / 8);
  return Number.isSafeInteger(length) && length > 0 ? length : undefined;
}

const overlayGroups = Array.from({ length: 16 }, (_, index) => 0x6000 + 2 * index);

/** Older files keep an overlay in a bit of each pixel that its value doesn't use (PS3.3 C.9.2, retired there). */
function withoutOverlays(pixels: Uint8Array, dataSet: DataSet, bits: number): Uint8Array {
  const highest = readNumber(dataSet, tags.highBit) ?? bits - 1;
  const lowest = highest - (readNumber(dataSet, tags.bitsStored) ?? bits) + 1;
  const positions = overlayGroups
    .map((group) => readNumber(dataSet, group * 0x10000 + 0x0102) ?? 0)
    .filter((position) => position > 0 && position < bits && (position > highest || position < lowest));
  if (positions.length === 0 || ![8, 16].includes(bits)) return pixels;
  const mask = positions.reduce((kept, position) => kept & ~(1 << position), 0xffff);
  const cleaned = new Uint8Array(pixels);
  const unit = bits / 8;
  for (let index = 0; index < cleaned.length; index++) {
    cleaned[index] = cleaned[index]! & (unit === 2 && index % 2 === 1 ? mask >>> 8 : mask);
  }
  return cleaned;
}
