import type { IncomingMessage } from "node:http";
import { pipeline, type Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { MedRoundsError } from "#contracts";

const sizeLimit = 2 * 1024 * 1024;

/** Encodings of a body (RFC 9110, section 8.4) that are undone. */
const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * A reply's body of at most 2 MB, unpacked: what expands further is given up where it passes the limit. Throws `web-page-refused` for what
 * is larger and for other encodings, and the errors of connection and unpacking.
 */
export async function readPageBody(response: IncomingMessage, signal: AbortSignal): Promise<Uint8Array> {
  const announced = Number(response.headers["content-length"] ?? 0);
  if (announced > sizeLimit) throw tooLarge();
  const encoding = (response.headers["content-encoding"] ?? "identity").trim().toLowerCase();
  const decoder = decoders[encoding]?.();
  if (!decoder && encoding !== "identity" && encoding !== "") {
    throw new MedRoundsError("web-page-refused", "The page is packed in a way that is not read.");
  }
  const body = decoder ? pipeline(response, decoder, () => undefined) : response;
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of body as AsyncIterable<Buffer>) {
      signal.throwIfAborted();
      length += piece.length;
      if (length > sizeLimit) throw tooLarge();
      pieces.push(piece);
    }
  } finally {
    body.destroy();
  }
  return Buffer.concat(pieces);
}

function tooLarge(): MedRoundsError {
  return new MedRoundsError("web-page-refused", "The page is larger than 2 MB.");
}
