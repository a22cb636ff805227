import type { Piece } from "./compressed.ts";

/** Longest line that is kept, in bytes. */
const lineLimit = 16 * 1024 * 1024;

/** A line without its LF, its number from 1; `bytes` of the file were read up to its end. */
export type ByteLine = { line: number; content: Uint8Array | "too-long"; bytes: number };

/** The lines of a content that comes in pieces. A line over 16 MB is `too-long` and not kept in memory. */
export async function* splitLines(pieces: AsyncIterable<Piece>): AsyncGenerator<ByteLine, void> {
  let line = 0;
  let kept: Buffer[] = [];
  let keptLength = 0;
  let overlong = false;
  const take = (rest: Buffer, bytes: number): ByteLine => {
    const whole = kept.length === 0 ? rest : Buffer.concat([...kept, rest]);
    const content = overlong || whole.length > lineLimit ? "too-long" : whole;
    kept = [];
    keptLength = 0;
    overlong = false;
    line++;
    return { line, content, bytes };
  };
  let bytes = 0;
  for await (const piece of pieces) {
    const before = bytes;
    bytes = piece.bytes;
    let start = 0;
    for (let end = piece.data.indexOf(10); end !== -1; end = piece.data.indexOf(10, start)) {
      const content = piece.data.subarray(start, end);
      start = end + 1;
      yield take(content, before + Math.round((bytes - before) * (start / piece.data.length)));
    }
    const rest = piece.data.subarray(start);
    if (overlong || rest.length === 0) continue;
    kept.push(rest);
    keptLength += rest.length;
    if (keptLength > lineLimit) {
      overlong = true;
      kept = [];
    }
  }
  if (overlong || keptLength > 0) yield take(Buffer.alloc(0), bytes);
}
