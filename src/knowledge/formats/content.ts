import { MedRoundsError } from "#contracts";
import type { FormatFile } from "./format.ts";

const megabyte = 1024 * 1024;

/** The whole content of a file of at most `limit` bytes, uncompressed. Throws `file-too-large`. */
export async function wholeContent(file: FormatFile, limit: number): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const { data } of file.pieces) {
    pieces.push(data);
    length += data.length;
    if (length > limit) {
      const message = `The content of the file is larger than ${Math.round(limit / megabyte)} MB.`;
      throw new MedRoundsError("file-too-large", message, { limit });
    }
  }
  return Buffer.concat(pieces);
}

/** The whole content as UTF-8 text, byte order mark included, of at most 64 MB. Throws `file-not-text` and `file-too-large`. */
export async function wholeText(file: FormatFile): Promise<string> {
  const content = await wholeContent(file, 64 * megabyte);
  const text = decodeText(content);
  if (text !== undefined) return text;
  throw new MedRoundsError("file-not-text", "The file is not UTF-8 text.");
}

/** Undefined for what is not UTF-8, and for text with NUL characters, which is another encoding or no text at all. */
export function decodeText(content: Uint8Array): string | undefined {
  if (content.includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return undefined;
  }
}
