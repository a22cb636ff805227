import type { Raster } from "../../raster.ts";
import type { DicomFile } from "../data-set.ts";
import { frameIndex, openImage } from "../decode-pixels.ts";
import { damaged, type ImagePixel, unsupported } from "../image-pixel.ts";
import { type Samples, withoutSign } from "../pixel-array.ts";
import { inPixelOrder } from "../word-order.ts";
import { convertYbrFull, toEightBits } from "./color.ts";
import { type DrawnFrame, drawGray } from "./gray.ts";
import { applyPalette, readPalette } from "./palette.ts";
import type { Window } from "./values-of-interest.ts";

/** A frame as it is shown, at full size, with sentences about how. */
export type RenderedFrame = { raster: Raster; steps: string[] };

/**
 * Decodes one frame (counted from 1, the first by default) and draws it with 8 bits a sample. `window` replaces what the file names; of
 * a color image it changes nothing.
 *
 * @throws MedRoundsError as `decodePixels`; `dicom-form-unsupported` for a color model that is not read here.
 */
export async function renderFrame(
  given: DicomFile,
  { frame, window }: { frame?: number | undefined; window?: Window | undefined } = {},
): Promise<RenderedFrame> {
  const file = { ...given, dataSet: inPixelOrder(given.dataSet) };
  const { image, decodeFrame } = openImage(file);
  const index = frameIndex(image, frame);
  const decoded = await decodeFrame(index);
  const shown = { ...image, photometric: decoded.photometric ?? image.photometric };
  const { channels, data, steps } = draw({ data: decoded.data, image: shown, file, index, window });
  const chosen = image.frames > 1 ? [`frame ${index + 1} of ${image.frames}`] : [];
  return {
    raster: { width: image.columns, height: image.rows, channels, data },
    steps: [...chosen, ...steps],
  };
}

type Drawing = {
  data: Samples;
  image: ImagePixel;
  file: DicomFile;
  index: number;
  window: Window | undefined;
};

function draw({ data, image, file, index, window }: Drawing): DrawnFrame {
  const { photometric, samples } = image;
  const { dataSet } = file;
  if (samples === 3) return drawColor(data, image);
  if (photometric === "PALETTE COLOR") {
    const palette = readPalette(dataSet, image.type.startsWith("int"));
    if (!palette) throw damaged(image.name, "has a palette that is missing or broken");
    return { channels: 3, data: applyPalette(data, palette), steps: ["palette applied"] };
  }
  if (photometric !== "MONOCHROME1" && photometric !== "MONOCHROME2") throw unknownModel(image);
  return drawGray({ data, image, dataSet, index, window });
}

/** RGB, and what a codec has turned into RGB; luma and chroma at full resolution. Color pixels are unsigned (PS3.3 C.7.6.3.1.2). */
function drawColor(data: Samples, { name, photometric, samples, bitsStored }: ImagePixel): DrawnFrame {
  const unsigned = withoutSign(data);
  const bytes = bitsStored === 8 ? new Uint8Array(unsigned) : toEightBits(unsigned, bitsStored);
  const depth = bitsStored === 8 ? [] : [`${bitsStored} bits a sample scaled to 8`];
  if (["RGB", "YBR_RCT", "YBR_ICT"].includes(photometric)) return { channels: 3, data: bytes, steps: depth };
  if (photometric !== "YBR_FULL" && photometric !== "YBR_FULL_422")
    throw unknownModel({ name, photometric, samples });
  convertYbrFull(bytes);
  return { channels: 3, data: bytes, steps: [...depth, `${photometric} converted to RGB`] };
}

function unknownModel({ name, photometric, samples }: Pick<ImagePixel, "name" | "photometric" | "samples">) {
  const model = /^[A-Z0-9_ ]{1,16}$/.test(photometric) ? photometric : "unknown";
  const message = `${name} has the color model ${model} with ${samples} samples a pixel.`;
  return unsupported(message, { name, photometric: model, samples });
}
