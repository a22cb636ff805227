import { damaged, type ImagePixel, truncated } from "../image-pixel.ts";
import { type Samples, viewSamples } from "../pixel-array.ts";
import type { PixelCodec } from "./codec.ts";
import { type CodedPicture, checkPicture, endsWithMarker, fitSamples } from "./coded-picture.ts";
import { interleave } from "./native.ts";
import { wasmDecoder } from "./wasm-decoder.ts";

const decode = wasmDecoder(async (options) => {
  const { default: load } = await import("@cornerstonejs/codec-charls/decodewasmjs");
  const module = await load(options);
  return { module, makeDecoder: () => new module.JpegLSDecoder() };
});

/** JPEG-LS (ITU-T T.87), lossless and near-lossless, by CharLS. */
export const jpegLs: PixelCodec = {
  syntaxes: [
    { uid: "1.2.840.10008.1.2.4.80", name: "JPEG-LS Lossless Image Compression" },
    { uid: "1.2.840.10008.1.2.4.81", name: "JPEG-LS Lossy (Near-Lossless) Image Compression" },
  ],
  encapsulated: true,
  decodeFrame: async (bytes, image) => {
    const picture = readHeader(bytes, image);
    checkPicture(picture, image);
    if (!endsWithMarker(bytes)) throw truncated(image.name);
    const { samples, isPlanar } = await decodeSamples(bytes, picture, image);
    const fitted = fitSamples(samples, picture, image);
    return { data: isPlanar ? interleave(fitted, image) : fitted };
  },
};

async function decodeSamples(
  bytes: Uint8Array,
  { precision }: CodedPicture,
  { rows, columns, samples, name }: ImagePixel,
): Promise<{ samples: Samples; isPlanar: boolean }> {
  const size = precision > 8 ? 2 : 1;
  try {
    return await decode(bytes, (decoder) => {
      const decoded = decoder.getDecodedBuffer();
      if (decoded.length !== rows * columns * samples * size) throw new Error("another size");
      const isPlanar = samples > 1 && decoder.getInterleaveMode?.() === 0;
      return { samples: viewSamples(new Uint8Array(decoded), size === 2 ? "uint16" : "uint8"), isPlanar };
    });
  } catch {
    throw damaged(name, "has a JPEG-LS picture that could not be decoded");
  }
}

/** Start of frame SOF55 (T.87 C.2.2): precision, height, width, components. */
function readHeader(bytes: Uint8Array, { name }: ImagePixel): CodedPicture {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let offset = 2;
  while (offset + 10 <= bytes.length && bytes[offset] === 0xff) {
    if (bytes[offset + 1] === 0xf7) {
      return {
        precision: bytes[offset + 4]!,
        height: view.getUint16(offset + 5),
        width: view.getUint16(offset + 7),
        components: bytes[offset + 9]!,
        isSigned: false,
      };
    }
    offset += 2 + view.getUint16(offset + 2);
  }
  throw damaged(name, "has no JPEG-LS picture where its transfer syntax promises one");
}
