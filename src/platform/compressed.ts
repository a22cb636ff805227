import { createReadStream, type ReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { MedRoundsError } from "#contracts";
import { unpackZstd } from "./unpack-zstd.ts";

const expansionGrace = 64 * 1024 * 1024;
const expansionLimit = 200;

/** A piece of a file's content, unpacked; `bytes` of the file itself were read so far. */
export type Piece = { data: Buffer; bytes: number };

/** The name of a file without the ending that says how it is compressed: `a.txt` of `a.txt.gz` and `a.txt.zst`. */
export function uncompressedName(name: string): string {
  return name.replace(/\.(?:gz|zst)$/i, "");
}

/**
 * Reads a file in pieces, unpacked where its name ends with `.gz` (RFC 1952) or `.zst` (RFC 8878), in constant memory. What stands
 * before the damage of an archive is given. Throws `file-compression-broken`, `file-expands-too-far` (beyond 64 MB where it
 * expands over 200-fold), `node-too-old` where Node can't unpack Zstandard, and the errors of the file system.
 */
export async function* readPieces(file: string, signal?: AbortSignal): AsyncGenerator<Piece, void> {
  const source = createReadStream(file, { highWaterMark: 256 * 1024, ...(signal ? { signal } : {}) });
  let expanded = 0;
  try {
    for await (const data of unpack(file, source)) {
      expanded += data.length;
      if (expanded > expansionGrace && expanded > expansionLimit * source.bytesRead) {
        throw new MedRoundsError("file-expands-too-far", "The file expands more than 200-fold.", {
          compressed: source.bytesRead,
          expanded,
        });
      }
      yield { data, bytes: source.bytesRead };
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && /^Z(?:STD)?_/.test(String(error.code))) {
      throw new MedRoundsError("file-compression-broken", "The compressed file is damaged or incomplete.");
    }
    throw error;
  } finally {
    source.destroy();
  }
}

function unpack(file: string, source: ReadStream): AsyncIterable<Buffer> {
  if (/\.zst$/i.test(file)) return unpackZstd(source);
  if (!/\.gz$/i.test(file)) return source;
  // Where one of the two fails, the other one gets the error.
  return pipeline(source, createGunzip(), () => undefined);
}
