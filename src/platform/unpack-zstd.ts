import type { Transform } from "node:stream";
import * as zlib from "node:zlib";
import { MedRoundsError } from "#contracts";

/**
 * Unpacks Zstandard (RFC 8878), frame by frame: Node's own stream ends in silence after the first one, and parallel packers write many.
 * Throws `node-too-old` before Node 22.15, and the errors of `node:zlib`.
 */
export async function* unpackZstd(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  const pieces = packed[Symbol.asyncIterator]();
  let rest: Buffer | undefined = Buffer.alloc(0);
  while (rest) {
    const frame = createUnpacker();
    try {
      const feeding = feed({ frame, first: rest, pieces });
      yield* frame as AsyncIterable<Buffer>;
      rest = await feeding;
    } finally {
      frame.destroy();
    }
  }
}

type Unpacker = Transform & { bytesWritten: number };

function createUnpacker(): Unpacker {
  if ("createZstdDecompress" in zlib) return zlib.createZstdDecompress();
  throw new MedRoundsError("node-too-old", "This version of Node can't unpack .zst files.");
}

/** Writes piece after piece until the frame ends; resolves to what follows it, or undefined at the end of all pieces. Never rejects. */
async function feed(request: {
  frame: Unpacker;
  first: Buffer;
  pieces: AsyncIterator<Buffer>;
}): Promise<Buffer | undefined> {
  const { frame, first, pieces } = request;
  let fed = 0;
  try {
    for (let piece: Buffer | undefined = first; piece; piece = (await pieces.next()).value) {
      fed += piece.length;
      const written = await new Promise((resolve) => frame.write(piece, resolve));
      if (written instanceof Error) return undefined;
      const unused = fed - frame.bytesWritten;
      if (unused > 0) return piece.subarray(piece.length - unused);
    }
    frame.end();
  } catch (error) {
    frame.destroy(error as Error);
  }
  return undefined;
}
