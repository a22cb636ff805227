import type { FormatFile } from "#knowledge";
import { readPieces } from "#platform";

const headBytes = 64 * 1024;

/** The first bytes of a file's content, uncompressed: up to 64 kB. Throws as `readPieces` does. */
export async function readHead(file: string): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const { data } of readPieces(file)) {
    pieces.push(data);
    length += data.length;
    if (length >= headBytes) break;
  }
  return Buffer.concat(pieces).subarray(0, headBytes);
}

/** A file as a format reads it, and how many of its bytes were read so far. */
export function openFile(request: {
  path: string;
  name: string;
  signal?: AbortSignal;
}): FormatFile & { bytesRead(): number } {
  const { path, name, signal } = request;
  let bytes = 0;
  async function* pieces() {
    for await (const piece of readPieces(path, signal)) {
      bytes = piece.bytes;
      yield piece;
    }
  }
  return { name, pieces: pieces(), bytesRead: () => bytes };
}
