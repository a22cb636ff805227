import { MedRoundsError } from "#contracts";
import type { DataSet, DicomElement } from "./data-set.ts";
import { hasLongLength, standardVr } from "./dictionary.ts";
import { tagName, tags } from "./tags.ts";
import { readTexts } from "./values.ts";

const undefinedLength = 0xffffffff;
const depthLimit = 32;
const elementLimit = 1_000_000;

/** How elements are written: with or without their VR, and in which byte order. */
export type Form = { explicit: boolean; littleEndian: boolean };

/** A place in the bytes of a file. */
export type Cursor = {
  bytes: Uint8Array;
  view: DataView;
  offset: number;
  elementsRead: number;
  name: string;
};

export function cursorAt(bytes: Uint8Array, offset: number, name: string): Cursor {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return { bytes, view, offset, elementsRead: 0, name };
}

type Scope = {
  form: Form;
  /** Offset after the last byte that may belong to it. */
  end: number;
  depth: number;
  /** An item of undefined length ends with its delimitation. */
  open?: boolean;
  /** The file meta information ends where another group begins. */
  group?: number;
  characterSets: readonly string[];
};

/**
 * Reads elements up to the scope's end (PS3.5 section 7). Throws `image-truncated` where the file ends first; `dicom-damaged` where
 * lengths contradict one another, sequences nest deeper than 32, or there are more than a million elements.
 */
export function readDataSet(cursor: Cursor, scope: Scope): DataSet {
  const { form, end } = scope;
  const elements = new Map<number, DicomElement>();
  const dataSet: DataSet = { elements, littleEndian: form.littleEndian, characterSets: scope.characterSets };
  while (cursor.offset < end) {
    if (isPadding(cursor, end)) break;
    const tag = readTag(cursor, end, form);
    if (scope.group !== undefined && tag >>> 16 !== scope.group) break;
    cursor.offset += 4;
    if (tag === tags.itemDelimitation || tag === tags.sequenceDelimitation) {
      readLength(cursor, end, form);
      if (scope.open && tag === tags.itemDelimitation) return dataSet;
      continue;
    }
    const element = readElement(cursor, tag, { ...scope, characterSets: dataSet.characterSets });
    elements.set(tag, element);
    if (tag === tags.specificCharacterSet) dataSet.characterSets = readTexts(dataSet, tag);
  }
  if (scope.open) throw truncated(cursor);
  return dataSet;
}

/** Zeros up to the end are what some writers leave behind the last element. */
function isPadding(cursor: Cursor, end: number): boolean {
  const { bytes, offset } = cursor;
  const hasOnlyZeros = (to: number) => bytes.subarray(offset, to).every((byte) => byte === 0);
  if (bytes[offset] !== 0 || !hasOnlyZeros(Math.min(offset + 8, end))) return false;
  if (!hasOnlyZeros(end)) throw damaged(cursor, "has zeros between its elements");
  return true;
}

function readTag(cursor: Cursor, end: number, { littleEndian }: Form): number {
  requireBytes(cursor, 4, end);
  const group = cursor.view.getUint16(cursor.offset, littleEndian);
  const element = cursor.view.getUint16(cursor.offset + 2, littleEndian);
  return ((group << 16) | element) >>> 0;
}

function readLength(cursor: Cursor, end: number, { littleEndian }: Form): number {
  requireBytes(cursor, 4, end);
  const length = cursor.view.getUint32(cursor.offset, littleEndian);
  cursor.offset += 4;
  return length;
}

function readElement(cursor: Cursor, tag: number, scope: Scope): DicomElement {
  cursor.elementsRead += 1;
  if (cursor.elementsRead > elementLimit) throw damaged(cursor, "holds more than a million elements");
  const { vr, length, explicit } = readHeader(cursor, tag, scope);
  // PS3.5 6.2.2, note 2: a sequence of which a writer did not know the VR is coded implicitly inside.
  const isUnknown = vr === "UN";
  const form = isUnknown ? { explicit: false, littleEndian: true } : { ...scope.form, explicit };
  const known = isUnknown && scope.form.littleEndian ? standardVr(tag) : vr;
  if (length === undefinedLength && tag === tags.pixelData) {
    return { tag, vr: known, bytes: new Uint8Array(), fragments: readFragments(cursor, scope) };
  }
  if (length === undefinedLength || known === "SQ") {
    const items = readItems(cursor, tag, length, { ...scope, form });
    return { tag, vr: "SQ", bytes: new Uint8Array(), items };
  }
  requireBytes(cursor, length, scope.end);
  const bytes = cursor.bytes.subarray(cursor.offset, cursor.offset + length);
  cursor.offset += length;
  return { tag, vr: known, bytes };
}

/** VR and length; an element without letters in an explicit data set is read as an implicit one, as some writers mix them. */
function readHeader(cursor: Cursor, tag: number, { form, end }: Scope) {
  requireBytes(cursor, 4, end);
  const { bytes, offset, view } = cursor;
  const letters = String.fromCharCode(bytes[offset]!, bytes[offset + 1]!);
  if (!form.explicit || !/^[A-Z]{2}$/.test(letters)) {
    return { vr: standardVr(tag), length: readLength(cursor, end, form), explicit: false };
  }
  cursor.offset += 4;
  const isLong = hasLongLength(letters);
  const length = isLong ? readLength(cursor, end, form) : view.getUint16(offset + 2, form.littleEndian);
  return { vr: letters, length, explicit: true };
}

function readItems(cursor: Cursor, tag: number, length: number, scope: Scope): DataSet[] {
  if (scope.depth >= depthLimit) throw damaged(cursor, `nests sequences deeper than ${depthLimit}`);
  if (length !== undefinedLength) requireBytes(cursor, length, scope.end);
  const end = length === undefinedLength ? scope.end : cursor.offset + length;
  const items: DataSet[] = [];
  while (cursor.offset < end) {
    const mark = readTag(cursor, end, scope.form);
    cursor.offset += 4;
    const itemLength = readLength(cursor, end, scope.form);
    if (mark === tags.sequenceDelimitation) return items;
    if (mark !== tags.item) throw damaged(cursor, `has something else than an item in ${tagName(tag)}`);
    const open = itemLength === undefinedLength;
    if (!open) requireBytes(cursor, itemLength, end);
    const itemEnd = open ? end : cursor.offset + itemLength;
    const { form, characterSets } = scope;
    items.push(readDataSet(cursor, { form, end: itemEnd, depth: scope.depth + 1, open, characterSets }));
    if (!open) cursor.offset = itemEnd;
  }
  if (length === undefinedLength) throw truncated(cursor);
  return items;
}

/** Fragments up to the sequence delimitation, the basic offset table first (PS3.5 A.4). */
function readFragments(cursor: Cursor, { form, end }: Scope): Uint8Array[] {
  const fragments: Uint8Array[] = [];
  for (;;) {
    const mark = readTag(cursor, end, form);
    cursor.offset += 4;
    const length = readLength(cursor, end, form);
    if (mark === tags.sequenceDelimitation) return fragments;
    if (mark !== tags.item || length === undefinedLength) {
      throw damaged(cursor, "has something else than fragments in its pixel data");
    }
    cursor.elementsRead += 1;
    if (cursor.elementsRead > elementLimit) throw damaged(cursor, "holds more than a million fragments");
    requireBytes(cursor, length, end);
    fragments.push(cursor.bytes.subarray(cursor.offset, cursor.offset + length));
    cursor.offset += length;
  }
}

function requireBytes(cursor: Cursor, count: number, end: number): void {
  if (cursor.offset + count <= end) return;
  if (end < cursor.bytes.length) throw damaged(cursor, "has an element that is longer than what holds it");
  throw truncated(cursor);
}

function truncated({ name, bytes }: Cursor): MedRoundsError {
  const facts = { name, bytes: bytes.length };
  return new MedRoundsError("image-truncated", `${name} ends before its data set does.`, facts);
}

function damaged({ name, offset }: Cursor, what: string): MedRoundsError {
  return new MedRoundsError("dicom-damaged", `${name} ${what}.`, { name, offset });
}
