import type { DataSet } from "../data-set.ts";
import { tags } from "../tags.ts";
import { readNumbers } from "../values.ts";

/** A lookup table (PS3.3 C.11.1.1): the entry for `first`, and for each whole number after it. */
export type LookupTable = { first: number; entries: ArrayLike<number>; largest: number };

/** Reads the table of an item of a modality or VOI LUT sequence; `null` where it is broken. */
export function readLookupTable(item: DataSet, isSigned: boolean): LookupTable | null {
  const [count, first, bits] = readNumbers(item, tags.lutDescriptor);
  if (count === undefined || first === undefined || !bits || bits > 16) return null;
  const entries = readEntries(item, tags.lutData, count || 65_536);
  if (entries === null) return null;
  return { first: isSigned ? (first << 16) >> 16 : first, entries, largest: 2 ** bits - 1 };
}

/** Entries of 8 or 16 bits each, told apart by the length; `null` where there are too few. */
export function readEntries(item: DataSet, tag: number, count: number): ArrayLike<number> | null {
  const bytes = item.elements.get(tag)?.bytes;
  if (!bytes || bytes.length < count) return null;
  if (bytes.length < count * 2) return bytes.subarray(0, count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Uint16Array.from({ length: count }, (_, index) => view.getUint16(index * 2, item.littleEndian));
}

/** The entry of each value; values outside the table have its first or last one. */
export function lookUp(values: Float64Array, { first, entries }: LookupTable): Float64Array {
  const last = entries.length - 1;
  const found = new Float64Array(values.length);
  for (let index = 0; index < values.length; index++) {
    const position = Math.round(values[index]!) - first;
    found[index] = entries[Math.max(0, Math.min(last, position))]!;
  }
  return found;
}
