import { deflateRawSync } from "node:zlib";

/** A value to write: text and numbers as their value representation (VR) says, items for SQ, fragments for encapsulated pixels. */
type WrittenValue = string | readonly number[] | Uint8Array | WrittenItems | WrittenFragments;
type WrittenItems = { items: readonly (readonly WrittenElement[])[]; undefinedLength?: boolean };
type WrittenFragments = { fragments: readonly Uint8Array[]; offsetTable?: readonly number[] };

/** One data element: `tag(0x0010, 0x0010)` or `0x00100010`, its VR and its value. */
export type WrittenElement = readonly [tag: number, vr: string, value: WrittenValue];

export const transferSyntaxes = {
  implicitLittleEndian: "1.2.840.10008.1.2",
  explicitLittleEndian: "1.2.840.10008.1.2.1",
  explicitBigEndian: "1.2.840.10008.1.2.2",
  deflated: "1.2.840.10008.1.2.1.99",
  rle: "1.2.840.10008.1.2.5",
  jpegBaseline: "1.2.840.10008.1.2.4.50",
  jpegLossless: "1.2.840.10008.1.2.4.70",
} as const;

export type WrittenFile = {
  elements: readonly WrittenElement[];
  /** UID; explicit little endian by default. */
  transferSyntax?: string;
  /** Elements of group 2 besides the transfer syntax; `null` leaves the whole group and the preamble out. */
  meta?: readonly WrittenElement[] | null;
  /** Whether 128 zeros and DICM stand first. True by default where there is a meta group. */
  preamble?: boolean;
};

/** A DICOM file (PS3.10). Elements are written in the order given; odd values are padded as PS3.5 6.2 says. */
export function writeDicom(file: WrittenFile): Buffer {
  const { elements, transferSyntax = transferSyntaxes.explicitLittleEndian, meta = [] } = file;
  const dataSet = writeDataSet(elements, formOf(transferSyntax));
  const body = transferSyntax === transferSyntaxes.deflated ? deflateRawSync(dataSet) : dataSet;
  if (meta === null) return body;
  const metaElements = writeDataSet([...meta, [0x00020010, "UI", transferSyntax]], explicitLittle);
  const length = writeDataSet([[0x00020000, "UL", [metaElements.length]]], explicitLittle);
  const preamble = Buffer.concat([Buffer.alloc(128), Buffer.from("DICM")]);
  return Buffer.concat([...((file.preamble ?? true) ? [preamble] : []), length, metaElements, body]);
}

export type WrittenImage = {
  rows: number;
  columns: number;
  /** Stored values as the file holds them: one number a sample in its order, or bytes, or fragments. */
  pixels: readonly number[] | Uint8Array | WrittenFragments;
  bitsAllocated?: 8 | 16 | 32;
  bitsStored?: number;
  signed?: boolean;
  samples?: 1 | 3;
  photometric?: string;
  frames?: number;
  /** Further elements; one with the tag of a standard one replaces it. */
  elements?: readonly WrittenElement[];
} & Omit<WrittenFile, "elements">;

/** A DICOM file with pixels: 16 bits, unsigned, MONOCHROME2, one frame where nothing else is said. */
export function writeDicomImage(image: WrittenImage): Buffer {
  const { rows, columns, pixels, bitsAllocated = 16, samples = 1, frames } = image;
  const { bitsStored = bitsAllocated, photometric = samples === 3 ? "RGB" : "MONOCHROME2" } = image;
  const pixelsVr = bitsAllocated === 8 ? "OB" : "OW";
  const standard: WrittenElement[] = [
    [0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7"],
    [0x00080060, "CS", "OT"],
    [0x00280002, "US", [samples]],
    [0x00280004, "CS", photometric],
    ...(samples === 3 ? [[0x00280006, "US", [0]] as const] : []),
    ...(frames === undefined ? [] : [[0x00280008, "IS", String(frames)] as const]),
    [0x00280010, "US", [rows]],
    [0x00280011, "US", [columns]],
    [0x00280100, "US", [bitsAllocated]],
    [0x00280101, "US", [bitsStored]],
    [0x00280102, "US", [bitsStored - 1]],
    [0x00280103, "US", [image.signed ? 1 : 0]],
    [0x7fe00010, pixelsVr, isNumbers(pixels) ? packSamples(pixels, image) : pixels],
  ];
  const byTag = new Map([...standard, ...(image.elements ?? [])].map((element) => [element[0], element]));
  return writeDicom({ ...image, elements: [...byTag.values()].sort((one, other) => one[0] - other[0]) });
}

type Form = { explicit: boolean; littleEndian: boolean };
const explicitLittle: Form = { explicit: true, littleEndian: true };

function formOf(transferSyntax: string): Form {
  return {
    explicit: transferSyntax !== transferSyntaxes.implicitLittleEndian,
    littleEndian: transferSyntax !== transferSyntaxes.explicitBigEndian,
  };
}

/** A data set alone, without preamble and meta group. */
function writeDataSet(elements: readonly WrittenElement[], form: Form): Buffer {
  return Buffer.concat(elements.map((element) => writeElement(element, form)));
}

const undefinedLength = 0xffffffff;
const marks = { item: 0xfffee000, itemEnd: 0xfffee00d, sequenceEnd: 0xfffee0dd };

function writeElement([tag, vr, value]: WrittenElement, form: Form): Buffer {
  if (isFragments(value)) {
    const table = (value.offsetTable ?? []).flatMap((offset) => [...integers([offset], 4, true)]);
    const items = [Uint8Array.from(table), ...value.fragments].map((bytes) =>
      mark(marks.item, padded(bytes, 0), form),
    );
    return Buffer.concat([
      header({ tag, vr, length: undefinedLength }, form),
      ...items,
      mark(marks.sequenceEnd, null, form),
    ]);
  }
  if (isItems(value)) {
    const open = value.undefinedLength ?? false;
    const items = value.items.map((elements) => {
      const body = writeDataSet(elements, form);
      return open
        ? Buffer.concat([markOf(marks.item, undefinedLength, form), body, mark(marks.itemEnd, null, form)])
        : mark(marks.item, body, form);
    });
    const body = Buffer.concat(items);
    return open
      ? Buffer.concat([
          header({ tag, vr, length: undefinedLength }, form),
          body,
          mark(marks.sequenceEnd, null, form),
        ])
      : Buffer.concat([header({ tag, vr, length: body.length }, form), body]);
  }
  const bytes = encode(vr, value, form.littleEndian);
  return Buffer.concat([header({ tag, vr, length: bytes.length }, form), bytes]);
}

/** Tag and length, with the VR between them where the form is explicit (PS3.5 7.1.2). */
function header({ tag, vr, length }: { tag: number; vr: string; length: number }, form: Form): Buffer {
  const isLong = /^(?:OB|OD|OF|OL|OV|OW|SQ|SV|UC|UN|UR|UT|UV)$/.test(vr);
  if (!form.explicit) return markOf(tag, length, form);
  const start = Buffer.concat([tagBytes(tag, form), Buffer.from(vr, "latin1")]);
  return isLong
    ? Buffer.concat([start, Buffer.alloc(2), integers([length], 4, form.littleEndian)])
    : Buffer.concat([start, integers([length], 2, form.littleEndian)]);
}

function mark(tag: number, body: Uint8Array | null, form: Form): Buffer {
  return Buffer.concat([markOf(tag, body?.length ?? 0, form), body ?? Buffer.alloc(0)]);
}

function markOf(tag: number, length: number, form: Form): Buffer {
  return Buffer.concat([tagBytes(tag, form), integers([length], 4, form.littleEndian)]);
}

function tagBytes(tag: number, { littleEndian }: Form): Buffer {
  return integers([tag >>> 16, tag & 0xffff], 2, littleEndian);
}

const byteSizes: Record<string, number> = {
  US: 2,
  SS: 2,
  OW: 2,
  AT: 2,
  UL: 4,
  SL: 4,
  OL: 4,
  FL: 4,
  OF: 4,
  FD: 8,
  OD: 8,
};

function encode(vr: string, value: string | readonly number[] | Uint8Array, littleEndian: boolean): Buffer {
  if (typeof value === "string") return padded(Buffer.from(value), vr === "UI" ? 0 : 0x20);
  if (value instanceof Uint8Array) return padded(value, 0);
  if (/^(?:FL|OF|FD|OD)$/.test(vr)) return floats(value, byteSizes[vr]!, littleEndian);
  return padded(integers(value, byteSizes[vr] ?? 1, littleEndian), 0);
}

function padded(bytes: Uint8Array, pad: number): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(bytes.length % 2, pad)]);
}

function floats(values: readonly number[], size: number, littleEndian: boolean): Buffer {
  const bytes = Buffer.alloc(values.length * size);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  values.forEach((value, index) => {
    if (size === 4) view.setFloat32(index * size, value, littleEndian);
    else view.setFloat64(index * size, value, littleEndian);
  });
  return bytes;
}

/** Integers of 1, 2 or 4 bytes; negative ones as two's complement. */
function integers(values: readonly number[], size: number, littleEndian: boolean): Buffer {
  const bytes = Buffer.alloc(values.length * size);
  values.forEach((value, index) => {
    const unsigned = size === 4 ? value >>> 0 : value & (2 ** (8 * size) - 1);
    if (littleEndian) bytes.writeUIntLE(unsigned, index * size, size);
    else bytes.writeUIntBE(unsigned, index * size, size);
  });
  return bytes;
}

function packSamples(
  values: readonly number[],
  { bitsAllocated = 16, transferSyntax }: WrittenImage,
): Buffer {
  return integers(values, bitsAllocated / 8, transferSyntax !== transferSyntaxes.explicitBigEndian);
}

function isNumbers(value: WrittenImage["pixels"]): value is readonly number[] {
  return Array.isArray(value);
}

function isFragments(value: WrittenValue): value is WrittenFragments {
  return typeof value === "object" && "fragments" in value;
}

function isItems(value: WrittenValue): value is WrittenItems {
  return typeof value === "object" && "items" in value;
}
