import type { TransferSyntax } from "../data-set.ts";
import type { ImagePixel } from "../image-pixel.ts";
import type { Samples } from "../pixel-array.ts";

/** One frame's stored values, samples of a pixel side by side, in the type that the image names. */
export type DecodedFrame = {
  data: Samples;
  /** What the values are where the compressed picture itself says so; else what the data set says holds. */
  photometric?: "RGB" | "YBR_FULL" | undefined;
};

/** A family of transfer syntaxes. */
export type PixelCodec = {
  syntaxes: readonly TransferSyntax[];
  /** Whether pixels lie in fragments (PS3.5 A.4). */
  encapsulated: boolean;
  /**
   * Decodes the bytes of one frame whole or not at all.
   *
   * @throws MedRoundsError `image-truncated`, `dicom-damaged`, `dicom-form-unsupported`.
   */
  decodeFrame(bytes: Uint8Array, image: ImagePixel): DecodedFrame | Promise<DecodedFrame>;
};
