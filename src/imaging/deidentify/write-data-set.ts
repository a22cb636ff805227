import type { DicomElement } from "../dicom/data-set.ts";
import { hasLongLength } from "../dicom/dictionary.ts";
import { tags } from "../dicom/tags.ts";

/** What is written: bytes in little endian order, items, or fragments. */
export type WritableElement = Pick<DicomElement, "tag" | "vr" | "bytes" | "fragments"> & {
  items?: WritableElement[][];
};

const undefinedLength = 0xffffffff;
const longestShortValue = 0xfffe;

/**
 * A data set in explicit little endian (PS3.5 7.1.2), sorted by tag, sequences with their lengths, fragments byte for byte. A value
 * that is too long for its VR is written as OW or UN (PS3.5 6.2.2).
 */
export function writeDataSet(elements: readonly WritableElement[]): Uint8Array[] {
  const sorted = [...elements].sort((one, other) => one.tag - other.tag);
  return sorted.flatMap(writeElement);
}

/** The file meta information (PS3.10 7.1) behind a preamble of zeros. */
export function writeFileMeta(elements: readonly WritableElement[]): Uint8Array[] {
  const group = writeDataSet(elements);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(totalLength(group));
  const preamble = Buffer.alloc(132);
  preamble.write("DICM", 128, "latin1");
  return [preamble, ...writeElement({ tag: 0x00020000, vr: "UL", bytes: length }), ...group];
}

function writeElement({ tag, vr, bytes, items, fragments }: WritableElement): Uint8Array[] {
  if (fragments) {
    const parts = fragments.flatMap((fragment) => [mark(tags.item, fragment.length), fragment]);
    return [header(tag, "OB", undefinedLength), ...parts, mark(tags.sequenceDelimitation, 0)];
  }
  if (items) {
    const parts = items.map(writeDataSet).flatMap((item) => [mark(tags.item, totalLength(item)), ...item]);
    return [header(tag, "SQ", totalLength(parts)), ...parts];
  }
  const length = bytes.length + (bytes.length % 2);
  const padding = Buffer.alloc(bytes.length % 2, /^(?:UI|O.|UN)$/.test(vr) ? 0 : 0x20);
  return [header(tag, writtenVr(vr, length), length), bytes, padding];
}

function writtenVr(vr: string, length: number): string {
  if (hasLongLength(vr) || length <= longestShortValue) return vr;
  return vr === "US" || vr === "SS" ? "OW" : "UN";
}

function header(tag: number, vr: string, length: number): Buffer {
  const isLong = hasLongLength(vr);
  const bytes = Buffer.alloc(isLong ? 12 : 8);
  writeTag(bytes, tag);
  bytes.write(vr, 4, "latin1");
  if (isLong) bytes.writeUInt32LE(length, 8);
  else bytes.writeUInt16LE(length, 6);
  return bytes;
}

function mark(tag: number, length: number): Buffer {
  const bytes = Buffer.alloc(8);
  writeTag(bytes, tag);
  bytes.writeUInt32LE(length, 4);
  return bytes;
}

function writeTag(bytes: Buffer, tag: number): void {
  bytes.writeUInt16LE(tag >>> 16, 0);
  bytes.writeUInt16LE(tag & 0xffff, 2);
}

function totalLength(parts: readonly Uint8Array[]): number {
  return parts.reduce((total, part) => total + part.length, 0);
}
