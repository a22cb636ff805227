import { constants, inflateSync } from "node:zlib";
import { MedRoundsError } from "#contracts";

const grace = 64 * 1024 * 1024;
const limit = 200;
/** Where a stream's dictionary is looked for, in bytes before the stream. */
const dictionaryReach = 2_048;

/**
 * Throws `file-expands-too-far` for a PDF whose Flate streams (ISO 32000-1, 7.4.4), several times packed ones too, expand to more than
 * 64 MB and to over 200 times the file: PDF.js would unpack each into memory as a whole. Streams that can't be unpacked are
 * PDF.js's affair.
 */
export function checkExpansion(content: Uint8Array): void {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  let allowed = Math.max(grace, limit * bytes.length);
  for (let at = bytes.indexOf("stream"); at !== -1; at = bytes.indexOf("stream", at + 6)) {
    if (bytes.subarray(at - 3, at).toString("latin1") === "end") continue;
    const before = bytes.subarray(Math.max(0, at - dictionaryReach), at).toString("latin1");
    const dictionary = before.slice(before.lastIndexOf(" obj"));
    const layers = dictionary.match(/\/Fl(?:ateDecode)?\b/g)?.length ?? 0;
    const start = at + 6 + (bytes[at + 6] === 13 ? 2 : 1);
    let stream: Buffer = bytes.subarray(start);
    for (let layer = 0; layer < layers && stream.length > 0; layer++) {
      stream = unpack(stream, allowed);
      allowed -= stream.length;
    }
  }
}

function unpack(packed: Buffer, maxOutputLength: number): Buffer {
  try {
    // What follows the packed data in the file is passed over; what is cut off counts as far as it goes.
    return inflateSync(packed, {
      maxOutputLength: Math.max(1, maxOutputLength),
      finishFlush: constants.Z_SYNC_FLUSH,
    });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE") {
      throw new MedRoundsError("file-expands-too-far", "The PDF expands more than 200-fold.", {});
    }
    return Buffer.alloc(0);
  }
}
