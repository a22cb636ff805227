import { MedRoundsError } from "#contracts";
import type { Piece } from "#platform";

type Decoder = InstanceType<typeof TextDecoder>;

/**
 * XML as text, in the encoding of its byte order mark or of its declaration, else UTF-8 (XML 1.0, appendix F). `bytes` of the file were
 * read so far. Throws `file-not-text` for an encoding that is not known and for bytes that are not in it.
 */
export async function* decodePieces(
  pieces: AsyncIterable<Piece>,
): AsyncGenerator<{ text: string; bytes: number }, void> {
  let decoder: Decoder | undefined;
  let bytes = 0;
  for await (const piece of pieces) {
    decoder ??= decoderFor(piece.data);
    bytes = piece.bytes;
    yield { text: decode(decoder, piece.data), bytes };
  }
  if (decoder) yield { text: decode(decoder), bytes };
}

/** The encoding that the first bytes of a document name, as TextDecoder knows it; for HTML also that of its `meta` element. */
export function declaredEncoding(content: Uint8Array): string {
  const head = Buffer.from(content.subarray(0, 1_024)).toString("latin1");
  if (head.startsWith("\xFF\xFE")) return "utf-16le";
  if (head.startsWith("\xFE\xFF")) return "utf-16be";
  const declared = /(?:<\?xml[^>]*\bencoding|<meta[^>]*\bcharset)\s*=\s*["']?([\w:.-]+)/i.exec(head)?.[1];
  // What could be read as ASCII is no UTF-16.
  return declared === undefined || /^utf-?16/i.test(declared) ? "utf-8" : declared;
}

function decoderFor(content: Uint8Array): Decoder {
  try {
    return new TextDecoder(declaredEncoding(content), { fatal: true });
  } catch {
    throw notText("The file is in an encoding that is not known.");
  }
}

/** The text of a further piece; without one, what is left at the end. */
function decode(decoder: Decoder, piece?: Uint8Array): string {
  try {
    return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
  } catch {
    throw notText(`The file is not text in the encoding ${decoder.encoding}.`);
  }
}

function notText(message: string): MedRoundsError {
  return new MedRoundsError("file-not-text", message);
}
