import { damaged, type ImagePixel } from "../image-pixel.ts";
import { type Samples, viewSamples } from "../pixel-array.ts";
import type { PixelCodec } from "./codec.ts";
import { checkPicture, fitSamples } from "./coded-picture.ts";
import { readCodestream } from "./jpeg-2000-codestream.ts";
import { type WasmDecode, wasmDecoder } from "./wasm-decoder.ts";

const decodeClassic = wasmDecoder(async (options) => {
  const { default: load } = await import("@cornerstonejs/codec-openjpeg/decodewasmjs");
  const module = await load(options);
  return { module, makeDecoder: () => new module.J2KDecoder() };
});

// OpenJPEG takes high-throughput pictures too, but gives wrong colors where three components were not mixed.
const decodeHighThroughput = wasmDecoder(async (options) => {
  const { default: load } = await import("@cornerstonejs/codec-openjph");
  const module = await load(options);
  return { module, makeDecoder: () => new module.HTJ2KDecoder() };
});

/** JPEG 2000 (ITU-T T.800), by OpenJPEG, and High-Throughput JPEG 2000 (T.814), by OpenJPH. Color transforms are undone: RGB comes out. */
export const jpeg2000: PixelCodec = {
  syntaxes: [
    { uid: "1.2.840.10008.1.2.4.90", name: "JPEG 2000 Image Compression (Lossless Only)" },
    { uid: "1.2.840.10008.1.2.4.91", name: "JPEG 2000 Image Compression" },
    {
      uid: "1.2.840.10008.1.2.4.201",
      name: "High-Throughput JPEG 2000 Image Compression (Lossless Only)",
    },
    {
      uid: "1.2.840.10008.1.2.4.202",
      name: "High-Throughput JPEG 2000 with RPCL Options Image Compression (Lossless Only)",
    },
    { uid: "1.2.840.10008.1.2.4.203", name: "High-Throughput JPEG 2000 Image Compression" },
  ],
  encapsulated: true,
  decodeFrame: async (bytes, image) => {
    const { codestream, picture, isColorTransformed, isHighThroughput } = readCodestream(bytes, image.name);
    checkPicture(picture, image);
    const decode = isHighThroughput ? decodeHighThroughput : decodeClassic;
    const data = fitSamples(await decodeSamples(decode, codestream, image), picture, image);
    return isColorTransformed ? { data, photometric: "RGB" } : { data };
  },
};

async function decodeSamples(
  decode: WasmDecode,
  bytes: Uint8Array,
  { rows, columns, samples, name }: ImagePixel,
): Promise<Samples> {
  const pixels = rows * columns * samples;
  try {
    return await decode(bytes, (decoder) => {
      const { bitsPerSample, isSigned } = decoder.getFrameInfo();
      const decoded = decoder.getDecodedBuffer();
      const size = bitsPerSample > 8 ? 2 : 1;
      if (decoded.length !== pixels * size) throw new Error("another size");
      return viewSamples(new Uint8Array(decoded), `${isSigned ? "int" : "uint"}${size === 2 ? 16 : 8}`);
    });
  } catch {
    throw damaged(name, "has a JPEG 2000 picture that could not be decoded");
  }
}
