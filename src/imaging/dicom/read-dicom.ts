import { inflateRawSync } from "node:zlib";
import { MedRoundsError } from "#contracts";
import { findTransferSyntax } from "./codecs/find-codec.ts";
import type { DataSet, DicomFile, TransferSyntax } from "./data-set.ts";
import { isVr, standardVr } from "./dictionary.ts";
import { type Cursor, cursorAt, type Form, readDataSet } from "./read-data-set.ts";
import { tags } from "./tags.ts";
import {
  deflatedExplicit,
  explicitBigEndian,
  explicitLittleEndian,
  formOf,
  implicitLittleEndian,
} from "./transfer-syntaxes.ts";
import { readText } from "./values.ts";

const prefixOffset = 128;
const metaGroup = 0x0002;
/** An inflated data set beyond 64 MB may have at most 200 times the bytes of the file. */
const inflationGrace = 64 * 1024 * 1024;
const inflationLimit = 200;

/** Whether the bytes are a DICOM file: by the prefix DICM (PS3.10 7.1), or by a first element that the standard knows. */
export function isDicom(bytes: Uint8Array): boolean {
  return hasPrefix(bytes) || guessForm(bytes, 0) !== null;
}

/**
 * Reads the data set of a DICOM file, also without preamble or meta information, in any transfer syntax; sequences and fragments are
 * followed, no pixel is decoded. The values are views on `bytes`, or on the inflated data set.
 *
 * @throws MedRoundsError `file-empty`; `image-not-image` (no DICOM file); `image-truncated`; `dicom-damaged`;
 * `file-expands-too-far` (deflated, beyond 64 MB and 200 times the file).
 */
export function readDicom(bytes: Uint8Array, { name }: { name: string }): DicomFile {
  if (bytes.length === 0) throw new MedRoundsError("file-empty", `${name} is empty.`, { name, bytes: 0 });
  if (!isDicom(bytes)) {
    throw new MedRoundsError("image-not-image", `${name} is no DICOM file.`, { name, bytes: bytes.length });
  }
  const cursor = cursorAt(bytes, hasPrefix(bytes) ? prefixOffset + 4 : 0, name);
  const meta = readMeta(cursor);
  const stated = readText(meta, tags.transferSyntax);
  const transferSyntax = stated ? findTransferSyntax(stated) : guessTransferSyntax(cursor);
  return { name, meta, transferSyntax, dataSet: readBody(cursor, transferSyntax) };
}

function hasPrefix(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(prefixOffset, prefixOffset + 4)) === "DICM";
}

/** Group 2 is explicit and little endian whatever follows it (PS3.10 7.1); where it is missing, nothing is read. */
function readMeta(cursor: Cursor): DataSet {
  const form = guessForm(cursor.bytes, cursor.offset) ?? { explicit: true, littleEndian: true };
  const options = { end: cursor.bytes.length, depth: 0, group: metaGroup, characterSets: [] };
  return readDataSet(cursor, { form: { ...form, littleEndian: true }, ...options });
}

function readBody(cursor: Cursor, transferSyntax: TransferSyntax): DataSet {
  const scope = { depth: 0, characterSets: [] };
  const form = formOf(transferSyntax);
  if (transferSyntax.uid === deflatedExplicit.uid) {
    const bytes = inflate(cursor);
    return readDataSet(cursorAt(bytes, 0, cursor.name), { form, end: bytes.length, ...scope });
  }
  // Some writers name one form and use the other; the first element shows which.
  const explicit = guessForm(cursor.bytes, cursor.offset)?.explicit ?? form.explicit;
  return readDataSet(cursor, { form: { ...form, explicit }, end: cursor.bytes.length, ...scope });
}

function guessTransferSyntax({ bytes, offset }: Cursor): TransferSyntax {
  const form = guessForm(bytes, offset);
  if (form === null) return implicitLittleEndian;
  if (!form.littleEndian) return explicitBigEndian;
  return form.explicit ? explicitLittleEndian : implicitLittleEndian;
}

/** The form in which the first element makes sense: a tag of the standard in group 2 or 8, its VR, a length inside the file. */
function guessForm(bytes: Uint8Array, offset: number): Form | null {
  if (offset + 8 > bytes.length) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, bytes.length - offset);
  const letters = String.fromCharCode(view.getUint8(4), view.getUint8(5));
  for (const littleEndian of [true, false]) {
    const group = view.getUint16(0, littleEndian);
    if (group !== metaGroup && group !== 0x0008) continue;
    if (isVr(letters)) return { explicit: true, littleEndian };
    const tag = ((group << 16) | view.getUint16(2, littleEndian)) >>> 0;
    const fits = view.getUint32(4, littleEndian) <= view.byteLength - 8;
    if (littleEndian && fits && standardVr(tag) !== "UN") return { explicit: false, littleEndian };
  }
  return null;
}

function inflate({ bytes, offset, name }: Cursor): Uint8Array {
  const packed = bytes.subarray(offset);
  const maxOutputLength = Math.max(inflationGrace, inflationLimit * packed.length);
  try {
    return inflateRawSync(packed, { maxOutputLength });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    const facts = { name, bytes: bytes.length };
    if (code === "ERR_BUFFER_TOO_LARGE") {
      throw new MedRoundsError(
        "file-expands-too-far",
        `${name} expands beyond ${maxOutputLength} bytes.`,
        facts,
      );
    }
    if (code === "Z_BUF_ERROR") {
      throw new MedRoundsError("image-truncated", `${name} ends before its data set does.`, facts);
    }
    throw new MedRoundsError("dicom-damaged", `${name} could not be inflated.`, facts);
  }
}
