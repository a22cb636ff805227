import type { DataSet } from "../data-set.ts";

const kinds = { discrete: 0, linear: 1, indirect: 2 };

/**
 * The entries of a segmented palette of 16-bit values (PS3.3 C.7.9.2): runs of values, straight lines to a value, and repetitions of
 * segments before. `null` where it is missing or does not give `length` entries.
 */
export function expandSegments(dataSet: DataSet, tag: number, length: number): Uint16Array | null {
  const bytes = dataSet.elements.get(tag)?.bytes;
  if (!bytes) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const words = Array.from({ length: bytes.length >> 1 }, (_, index) =>
    view.getUint16(index * 2, dataSet.littleEndian),
  );
  const entries: number[] = [];
  const isWhole = readSegments({
    words,
    from: 0,
    count: Number.POSITIVE_INFINITY,
    entries,
    length,
    depth: 0,
  });
  return isWhole && entries.length === length ? Uint16Array.from(entries) : null;
}

type Reading = {
  words: number[];
  from: number;
  count: number;
  entries: number[];
  length: number;
  depth: number;
};

function readSegments({ words, from, count, entries, length, depth }: Reading): boolean {
  let at = from;
  for (let segment = 0; segment < count && at + 1 < words.length; segment++) {
    const [kind, size = 0] = words.slice(at, at + 2);
    at += 2;
    // Each segment gives an entry or more, so that a hostile table ends.
    if (size === 0) return false;
    if (kind === kinds.discrete) {
      entries.push(...words.slice(at, at + size));
      at += size;
    } else if (kind === kinds.linear) {
      const [start, end] = [entries.at(-1), words[at]];
      if (start === undefined || end === undefined) return false;
      for (let step = 1; step <= size; step++)
        entries.push(Math.round(start + ((end - start) * step) / size));
      at += 1;
    } else if (kind === kinds.indirect && depth === 0) {
      // The offset counts bytes from the start of the table.
      const offset = (words[at] ?? 0) + (words[at + 1] ?? 0) * 65_536;
      const repeated = { words, from: offset >> 1, count: size, entries, length, depth: 1 };
      if (offset % 2 === 1 || !readSegments(repeated)) return false;
      at += 2;
    } else return false;
    if (entries.length > length) return false;
  }
  return true;
}
