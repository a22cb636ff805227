import { inflateRawSync } from "node:zlib";
import { damaged, truncated } from "../image-pixel.ts";
import type { PixelCodec } from "./codec.ts";
import { frameBits, readStoredSamples } from "./native.ts";

/** Each frame deflated alone (PS3.5 A.8, Deflated Image Frame Compression). */
export const deflatedFrames: PixelCodec = {
  syntaxes: [{ uid: "1.2.840.10008.1.2.8.1", name: "Deflated Image Frame Compression" }],
  encapsulated: true,
  decodeFrame: (bytes, image) => {
    const length = Math.ceil(frameBits(image) / 8);
    const inflated = inflateFrame(bytes, length, image.name);
    if (inflated.length < length) throw truncated(image.name);
    return { data: readStoredSamples(inflated.subarray(0, length), image) };
  },
};

function inflateFrame(bytes: Uint8Array, length: number, name: string): Uint8Array {
  try {
    // One byte more than needed: the padding to an even length.
    return inflateRawSync(bytes, { maxOutputLength: length + 1 });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    throw code === "Z_BUF_ERROR" ? truncated(name) : damaged(name, "has a frame that could not be inflated");
  }
}
