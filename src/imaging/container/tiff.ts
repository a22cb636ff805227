import { viewOf } from "./chunk-reader.ts";
import type { Container } from "./container.ts";

const tags = {
  width: 256,
  height: 257,
  stripOffsets: 273,
  stripLengths: 279,
  tileOffsets: 324,
  tileLengths: 325,
};
/** Bytes of a value of each type that offsets and sizes may have: SHORT, LONG, LONG8. */
const integerSizes: Record<number, number> = { 3: 2, 4: 4, 16: 8 };
const directoryLimit = 10_000;
/** Strips or tiles that are checked; a picture within the limits has fewer. */
const partLimit = 2_000_000;

/** Positions and byte order; BigTIFF has offsets of eight bytes instead of four. */
type Layout = { view: DataView; littleEndian: boolean; isBig: boolean };
type Field = { type: number; count: number; valueAt: number };

/** Walks the directories of a TIFF or BigTIFF file (TIFF 6.0, section 2); size and completeness are those of its first picture. */
export function readTiff(bytes: Uint8Array): Container {
  const view = viewOf(bytes);
  const littleEndian = bytes[0] === 0x49;
  const layout = { view, littleEndian, isBig: bytes.length >= 16 && view.getUint16(2, littleEndian) === 43 };
  const container: Container = {
    mediaType: "image/tiff",
    width: 0,
    height: 0,
    complete: false,
    plain: false,
    frames: 1,
  };
  const first = readOffset(layout, layout.isBig ? 8 : 4);
  const directory = first === null ? null : readDirectory(layout, first);
  if (directory === null) return container;
  container.width = readIntegers(layout, directory.fields.get(tags.width))[0] ?? 0;
  container.height = readIntegers(layout, directory.fields.get(tags.height))[0] ?? 0;
  container.complete = hasAllParts(layout, directory.fields);
  const seen = new Set([first]);
  for (let next = directory.next; next !== null && next !== 0 && !seen.has(next); ) {
    const following = readDirectory(layout, next);
    if (following === null || seen.size >= directoryLimit) break;
    seen.add(next);
    next = following.next;
  }
  container.frames = seen.size;
  return container;
}

function readDirectory(layout: Layout, offset: number) {
  const { view, littleEndian, isBig } = layout;
  const [head, entry] = isBig ? [8, 20] : [2, 12];
  if (offset + head > view.byteLength) return null;
  const count = isBig
    ? Number(view.getBigUint64(offset, littleEndian))
    : view.getUint16(offset, littleEndian);
  const end = offset + head + count * entry;
  if (count === 0 || end > view.byteLength) return null;
  const fields = new Map<number, Field>();
  for (let at = offset + head; at < end; at += entry) {
    const values = isBig
      ? Number(view.getBigUint64(at + 4, littleEndian))
      : view.getUint32(at + 4, littleEndian);
    const type = view.getUint16(at + 2, littleEndian);
    fields.set(view.getUint16(at, littleEndian), { type, count: values, valueAt: at + (isBig ? 12 : 8) });
  }
  return { fields, next: readOffset(layout, end) };
}

function readOffset({ view, littleEndian, isBig }: Layout, at: number): number | null {
  if (at + (isBig ? 8 : 4) > view.byteLength) return null;
  return isBig ? Number(view.getBigUint64(at, littleEndian)) : view.getUint32(at, littleEndian);
}

/** The values of a field of whole numbers: inside the field where they fit, else where it points. None if they lie outside. */
function readIntegers(layout: Layout, field: Field | undefined): number[] {
  const size = integerSizes[field?.type ?? 0];
  if (!field || !size || field.count > partLimit) return [];
  const { view, littleEndian, isBig } = layout;
  const isInside = field.count * size <= (isBig ? 8 : 4);
  const from = isInside ? field.valueAt : readOffset(layout, field.valueAt);
  if (from === null || from + field.count * size > view.byteLength) return [];
  return Array.from({ length: field.count }, (_, index) => {
    const at = from + index * size;
    if (size === 2) return view.getUint16(at, littleEndian);
    return size === 4 ? view.getUint32(at, littleEndian) : Number(view.getBigUint64(at, littleEndian));
  });
}

/** Whether every strip or tile of the picture lies inside the file. */
function hasAllParts(layout: Layout, fields: Map<number, Field>): boolean {
  const read = (tag: number) => readIntegers(layout, fields.get(tag));
  const isTiled = fields.has(tags.tileOffsets);
  const offsets = read(isTiled ? tags.tileOffsets : tags.stripOffsets);
  const lengths = read(isTiled ? tags.tileLengths : tags.stripLengths);
  const isInside = (offset: number, index: number) =>
    offset + (lengths[index] ?? Number.NaN) <= layout.view.byteLength;
  return offsets.length > 0 && offsets.length === lengths.length && offsets.every(isInside);
}
