import { Readable } from "node:stream";
import { crc32, createDeflateRaw, deflateRawSync } from "node:zlib";

/** A file of an archive, whole or in pieces. */
export type ZipEntry = { name: string; content: string | AsyncIterable<string> };

type Placed = { name: Buffer; checksum: number; packed: number; size: number; offset: number };

const most16 = 0xffff;
const most32 = 0xffffffff;

/**
 * A ZIP archive, deflated, piece by piece (PKWARE APPNOTE 6.3.10, sections 4.3 to 4.5; names are UTF-8, and ZIP64 where there are more files or
 * bytes than the older form counts). One file at a time is in memory, deflated; a file is smaller than 4 GB.
 */
export async function* writeZip(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array, void> {
  const placed: Placed[] = [];
  let offset = 0;
  for await (const { name, content } of entries) {
    const { chunks, ...deflated } =
      typeof content === "string" ? deflateText(content) : await deflatePieces(content);
    const entry = { name: Buffer.from(name), offset, ...deflated };
    placed.push(entry);
    const head = localHeader(entry);
    yield head;
    yield* chunks;
    offset += head.length + entry.packed;
  }
  let length = 0;
  for (const entry of placed) {
    const record = directoryRecord(entry);
    length += record.length;
    yield record;
  }
  yield endOf({ count: placed.length, length, offset });
}

function deflateText(text: string) {
  const bytes = Buffer.from(text);
  // A small window is opened sooner; larger texts want the whole one.
  const packed = deflateRawSync(bytes, bytes.length < 512 ? { windowBits: 9, memLevel: 1 } : {});
  return { chunks: [packed], checksum: crc32(bytes), size: bytes.length, packed: packed.length };
}

async function deflatePieces(pieces: AsyncIterable<string>) {
  let checksum = 0;
  let size = 0;
  async function* counted() {
    for await (const piece of pieces) {
      const bytes = Buffer.from(piece);
      checksum = crc32(bytes, checksum);
      size += bytes.length;
      yield bytes;
    }
  }
  const chunks: Buffer[] = [];
  for await (const chunk of Readable.from(counted()).compose(createDeflateRaw())) chunks.push(chunk);
  const packed = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  return { chunks, checksum, size, packed };
}

/** Of January 1, 1980: the same content gives the same bytes. */
const day = 0x21;

/** What a local header and a record of the directory have in common: version, UTF-8 names, deflated, date, checksum, sizes, length of the name. */
function common({ name, checksum, packed, size }: Placed, extraLength: number): Buffer {
  const bytes = Buffer.alloc(26);
  bytes.writeUInt16LE(extraLength > 0 ? 45 : 20, 0);
  bytes.writeUInt16LE(0x800, 2);
  bytes.writeUInt16LE(8, 4);
  bytes.writeUInt16LE(day, 8);
  bytes.writeUInt32LE(checksum, 10);
  bytes.writeUInt32LE(packed, 14);
  bytes.writeUInt32LE(size, 18);
  bytes.writeUInt16LE(name.length, 22);
  bytes.writeUInt16LE(extraLength, 24);
  return bytes;
}

function localHeader(entry: Placed): Buffer {
  return Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), common(entry, 0), entry.name]);
}

function directoryRecord(entry: Placed): Buffer {
  const isFar = entry.offset >= most32;
  const extra = Buffer.alloc(isFar ? 12 : 0);
  if (isFar) {
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(8, 2);
    extra.writeBigUInt64LE(BigInt(entry.offset), 4);
  }
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE((0o100644 << 16) >>> 0, 6);
  tail.writeUInt32LE(Math.min(entry.offset, most32), 10);
  const made = Buffer.from("PK\x01\x02\x2d\x03", "latin1");
  return Buffer.concat([made, common(entry, extra.length), tail, entry.name, extra]);
}

function endOf({ count, length, offset }: { count: number; length: number; offset: number }): Buffer {
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(Math.min(count, most16), 8);
  end.writeUInt16LE(Math.min(count, most16), 10);
  end.writeUInt32LE(Math.min(length, most32), 12);
  end.writeUInt32LE(Math.min(offset, most32), 16);
  if (count < most16 && length < most32 && offset < most32) return end;
  const large = Buffer.alloc(56);
  large.write("PK\x06\x06", "latin1");
  large.writeBigUInt64LE(44n, 4);
  large.writeUInt16LE(45, 12);
  large.writeUInt16LE(45, 14);
  large.writeBigUInt64LE(BigInt(count), 24);
  large.writeBigUInt64LE(BigInt(count), 32);
  large.writeBigUInt64LE(BigInt(length), 40);
  large.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.write("PK\x06\x07", "latin1");
  locator.writeBigUInt64LE(BigInt(offset + length), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([large, locator, end]);
}
