import type { PixelCodec } from "./codec.ts";
import { checkPicture, fitSamples } from "./coded-picture.ts";
import { decodeDct } from "./jpeg/dct.ts";
import { decodeLossless } from "./jpeg/lossless.ts";
import { type JpegFrame, readSegments } from "./jpeg/segments.ts";

/**
 * JPEG with Huffman coding (ITU-T T.81): baseline, extended, progressive, lossless, of 2 to 16 bits. The picture's own frame header
 * says which; color is left as coded, as Photometric Interpretation describes it. Arithmetic coding is refused by name.
 */
export const jpeg: PixelCodec = {
  syntaxes: [
    { uid: "1.2.840.10008.1.2.4.50", name: "JPEG Baseline (Process 1)" },
    { uid: "1.2.840.10008.1.2.4.51", name: "JPEG Extended (Process 2 and 4)" },
    { uid: "1.2.840.10008.1.2.4.52", name: "JPEG Extended (Process 3 and 5)" },
    { uid: "1.2.840.10008.1.2.4.53", name: "JPEG Spectral Selection, Non-Hierarchical (Process 6 and 8)" },
    { uid: "1.2.840.10008.1.2.4.54", name: "JPEG Spectral Selection, Non-Hierarchical (Process 7 and 9)" },
    { uid: "1.2.840.10008.1.2.4.55", name: "JPEG Full Progression, Non-Hierarchical (Process 10 and 12)" },
    { uid: "1.2.840.10008.1.2.4.56", name: "JPEG Full Progression, Non-Hierarchical (Process 11 and 13)" },
    { uid: "1.2.840.10008.1.2.4.57", name: "JPEG Lossless, Non-Hierarchical (Process 14)" },
    { uid: "1.2.840.10008.1.2.4.58", name: "JPEG Lossless, Non-Hierarchical (Process 15)" },
    {
      uid: "1.2.840.10008.1.2.4.70",
      name: "JPEG Lossless, Non-Hierarchical, First-Order Prediction (Process 14 [Selection Value 1])",
    },
  ],
  encapsulated: true,
  decodeFrame: (bytes, image) => {
    const { frame, scans, adobe } = readSegments(bytes, image.name);
    const { width, height, precision, components } = frame;
    const picture = { width, height, precision, components: components.length, isSigned: false };
    checkPicture(picture, image);
    const decode = frame.process === "lossless" ? decodeLossless : decodeDct;
    const data = fitSamples(decode(frame, scans, image.name), picture, image);
    return { data, photometric: colorOf(frame, adobe) };
  },
};

/**
 * What the picture itself says of its color, as some data sets name the other: components named R, G, B and Adobe's marker 0 are RGB;
 * Adobe's marker 1 and components of unlike sampling are luma and chroma.
 */
function colorOf(
  { process, components }: JpegFrame,
  adobe: number | undefined,
): "RGB" | "YBR_FULL" | undefined {
  if (components.length !== 3 || process === "lossless") return undefined;
  const isNamedRgb = String.fromCharCode(...components.map(({ id }) => id)) === "RGB";
  if (isNamedRgb || adobe === 0) return "RGB";
  const isSubsampled = components.some(
    ({ across, down }) => across * down !== components[0]!.across * components[0]!.down,
  );
  return adobe === 1 || isSubsampled ? "YBR_FULL" : undefined;
}
