import { openPixels, readMetadata } from "./codec.ts";
import { type DecodedImage, decodeImage } from "./decode.ts";
import { type DicomDescription, describeDicom } from "./dicom/describe-dicom.ts";
import { viewSamples } from "./dicom/pixel-array.ts";
import { createPixelStatistics, type PixelStatistics } from "./dicom/pixel-statistics.ts";
import { isDicom, readDicom } from "./dicom/read-dicom.ts";

/** What a picture of another format holds. Its pixels are taken upright, as its color space and depth are. */
type PictureDescription = {
  format: "PNG" | "JPEG" | "WebP" | "TIFF";
  /** [rows, columns, samples]; without samples where each pixel has one. */
  shape: number[];
  type: "uint8" | "uint16";
  /** Sentences about how it is shown. */
  display: string[];
} & PixelStatistics;

export type ImageDescription = DicomDescription | PictureDescription;

const formats = {
  "image/png": "PNG",
  "image/jpeg": "JPEG",
  "image/webp": "WebP",
  "image/tiff": "TIFF",
} as const;

/**
 * Tells what an image file holds: format, size, kind and range of its stored values with their SHA-256, and how it is shown. Holds no
 * value of the file that could identify a person. Throws as `decodeImage`.
 */
export async function describeImage(
  bytes: Uint8Array,
  { name }: { name: string },
): Promise<ImageDescription> {
  if (isDicom(bytes)) return describeDicom(readDicom(bytes, { name }));
  const image = await decodeImage(bytes, { name });
  return describePicture(bytes, image);
}

async function describePicture(bytes: Uint8Array, image: DecodedImage): Promise<PictureDescription> {
  const { mediaType, notes } = image;
  if (mediaType === "application/dicom") throw new TypeError("A DICOM file is described by its data set.");
  const { pixelSpace } = await readMetadata(bytes);
  const isDeep = pixelSpace === "grey16" || pixelSpace === "rgb16";
  const { data, info } = await openPixels(bytes, pixelSpace)
    .raw({ depth: isDeep ? "ushort" : "uchar" })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const type = isDeep ? "uint16" : "uint8";
  const statistics = createPixelStatistics();
  statistics.add(viewSamples(data, type));
  const shape = channels > 1 ? [height, width, channels] : [height, width];
  return { format: formats[mediaType], shape, type, ...statistics.read(), display: notes };
}
