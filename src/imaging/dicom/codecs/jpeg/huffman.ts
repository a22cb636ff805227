import { damaged, truncated } from "../../image-pixel.ts";
import type { JpegScan } from "./segments.ts";

/** For each 16 bits that may come next: length of the code in front shifted left by 8, and its symbol; 0 where there is no code. */
export type HuffmanTable = Uint16Array;

/** The table of a code given by how many codes each length of 1 to 16 bits has (T.81 annex C); `null` where they don't fit. */
export function makeHuffmanTable(counts: Uint8Array, symbols: Uint8Array): HuffmanTable | null {
  const table = new Uint16Array(65_536);
  let index = 0;
  let from = 0;
  for (let length = 1; length <= 16; length++) {
    for (let count = counts[length - 1]!; count > 0; count--) {
      const to = from + (1 << (16 - length));
      if (to > table.length) return null;
      table.fill((length << 8) | symbols[index++]!, from, to);
      from = to;
    }
  }
  return table;
}

/** Bits of entropy-coded data. */
export type Bits = {
  bytes: Uint8Array;
  offset: number;
  end: number;
  buffer: number;
  /** Bits at the low end of `buffer` that are not taken yet. */
  count: number;
  name: string;
};

/** The restart intervals of a scan without stuffed zeros and markers (T.81 F.1.2.3, E.1.4). */
export function readIntervals({ data, restartInterval }: JpegScan, name: string): Bits[] {
  const bytes = new Uint8Array(data.length);
  const ends: number[] = [];
  let length = 0;
  for (let offset = 0; offset < data.length; offset++) {
    const byte = data[offset]!;
    if (byte !== 0xff) bytes[length++] = byte;
    else {
      const next = data[offset + 1];
      if (next === 0) bytes[length++] = byte;
      else if (next !== undefined && next !== 0xff && restartInterval > 0) ends.push(length);
      if (next !== 0xff) offset += 1;
    }
  }
  ends.push(length);
  return ends.map((end, index) => ({ bytes, offset: ends[index - 1] ?? 0, end, buffer: 0, count: 0, name }));
}

/** Takes up to 16 bits as an unsigned number. Throws `image-truncated` where there are fewer. */
export function takeBits(bits: Bits, count: number): number {
  while (bits.count < count) {
    if (bits.offset >= bits.end) throw truncated(bits.name);
    bits.buffer = (bits.buffer << 8) | bits.bytes[bits.offset++]!;
    bits.count += 8;
  }
  bits.count -= count;
  return (bits.buffer >>> bits.count) & ((1 << count) - 1);
}

/** Takes the next code and gives its symbol. */
export function takeSymbol(bits: Bits, table: HuffmanTable | undefined): number {
  while (bits.count < 16 && bits.offset < bits.end) {
    bits.buffer = (bits.buffer << 8) | bits.bytes[bits.offset++]!;
    bits.count += 8;
  }
  const { count, buffer } = bits;
  const next = count >= 16 ? buffer >>> (count - 16) : buffer << (16 - count);
  const entry = table ? table[next & 0xffff]! : 0;
  const length = entry >> 8;
  if (length > count) throw truncated(bits.name);
  if (length === 0)
    throw count < 16 ? truncated(bits.name) : damaged(bits.name, "has JPEG data that mean nothing");
  bits.count -= length;
  return entry & 0xff;
}

/** Takes a number of `size` bits in the form of T.81 F.2.2.1: those that begin with 0 are negative. */
export function takeSigned(bits: Bits, size: number): number {
  if (size === 0) return 0;
  const value = takeBits(bits, size);
  return value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
}
