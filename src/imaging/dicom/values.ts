import { decodeText } from "./character-sets.ts";
import type { DataSet, DicomElement } from "./data-set.ts";

/** VRs whose text follows the data set's character set; all others are ASCII (PS3.5 6.1.2.2). */
const translated = new Set("LO LT PN SH ST UC UT UN".split(" "));
/** VRs in which a backslash is part of the text, and spaces in front count (PS3.5 6.2). */
const undivided = new Set("LT ST UT UR".split(" "));

/** The values of a text element without their padding; empty where it is missing, a sequence or empty. */
export function readTexts(dataSet: DataSet, tag: number): string[] {
  const element = dataSet.elements.get(tag);
  if (!element || element.bytes.length === 0) return [];
  const sets = translated.has(element.vr) ? dataSet.characterSets : [];
  const text = decodeText(element.bytes, sets);
  const values = undivided.has(element.vr) ? [text.trimEnd()] : text.split("\\").map((value) => value.trim());
  return values.map((value) => value.replace(/\0+$/, "").trimEnd());
}

/** The first value of a text element; undefined where it is missing or empty. */
export function readText(dataSet: DataSet, tag: number): string | undefined {
  return readTexts(dataSet, tag)[0] || undefined;
}

/**
 * The values of a number element, of binary VRs and of DS and IS. Text that is no number gives NaN; a missing element or one of
 * another kind gives none.
 */
export function readNumbers(dataSet: DataSet, tag: number): number[] {
  const element = dataSet.elements.get(tag);
  if (!element) return [];
  if (element.vr === "DS" || element.vr === "IS") {
    return readTexts(dataSet, tag).map((text) => (text === "" ? Number.NaN : Number(text)));
  }
  return readBinary(element, dataSet.littleEndian);
}

/** The first value; undefined where the element is missing or empty. */
export function readNumber(dataSet: DataSet, tag: number): number | undefined {
  const element = dataSet.elements.get(tag);
  return element && element.bytes.length > 0 ? readNumbers(dataSet, tag)[0] : undefined;
}

/** The items of a sequence; none where it is missing. */
export function readItems(dataSet: DataSet, tag: number): DataSet[] {
  return dataSet.elements.get(tag)?.items ?? [];
}

type Getter = (view: DataView, offset: number, littleEndian: boolean) => number;

const binary: Record<string, { size: number; get: Getter }> = {
  US: { size: 2, get: (view, offset, little) => view.getUint16(offset, little) },
  SS: { size: 2, get: (view, offset, little) => view.getInt16(offset, little) },
  OW: { size: 2, get: (view, offset, little) => view.getUint16(offset, little) },
  UL: { size: 4, get: (view, offset, little) => view.getUint32(offset, little) },
  SL: { size: 4, get: (view, offset, little) => view.getInt32(offset, little) },
  OL: { size: 4, get: (view, offset, little) => view.getUint32(offset, little) },
  FL: { size: 4, get: (view, offset, little) => view.getFloat32(offset, little) },
  OF: { size: 4, get: (view, offset, little) => view.getFloat32(offset, little) },
  FD: { size: 8, get: (view, offset, little) => view.getFloat64(offset, little) },
  OD: { size: 8, get: (view, offset, little) => view.getFloat64(offset, little) },
  UV: { size: 8, get: (view, offset, little) => Number(view.getBigUint64(offset, little)) },
  OV: { size: 8, get: (view, offset, little) => Number(view.getBigUint64(offset, little)) },
  SV: { size: 8, get: (view, offset, little) => Number(view.getBigInt64(offset, little)) },
  OB: { size: 1, get: (view, offset) => view.getUint8(offset) },
};

function readBinary({ vr, bytes }: DicomElement, littleEndian: boolean): number[] {
  const kind = binary[vr];
  if (!kind) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = Math.floor(bytes.length / kind.size);
  return Array.from({ length: count }, (_, index) => kind.get(view, index * kind.size, littleEndian));
}
