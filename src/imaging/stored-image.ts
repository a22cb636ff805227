import { openPixels, readMetadata } from "./codec.ts";
import { readContainer } from "./container/read-container.ts";
import type { DecodedImage } from "./decode.ts";

const extensions = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
  "image/tiff": "png",
} as const;

/**
 * What a library keeps of an image file: its own bytes where they hold pixels alone, else the pixels encoded again, upright, in
 * sRGB, first frame, without EXIF, XMP, IPTC, comments, text chunks, color profile, thumbnails, and whatever follows the image.
 * JPEG stays JPEG (quality 95, full color resolution); all else becomes PNG and keeps its pixels, 16 bits a sample included. Not for
 * DICOM, of which `readImage` tells what is kept.
 *
 * `image` is what `decodeImage` made of the same `bytes`.
 */
export async function storedImage(
  bytes: Uint8Array,
  image: DecodedImage,
): Promise<{ bytes: Uint8Array; extension: "png" | "jpg" | "webp" }> {
  const container = readContainer(bytes);
  const { space, pixelSpace } = await readMetadata(bytes);
  if (container?.plain && container.frames === 1 && space !== "cmyk") {
    return { bytes, extension: extensions[container.mediaType] };
  }
  const upright = openPixels(bytes, pixelSpace);
  if (image.mediaType === "image/jpeg") {
    return {
      bytes: await upright.jpeg({ quality: 95, chromaSubsampling: "4:4:4" }).toBuffer(),
      extension: "jpg",
    };
  }
  return { bytes: await upright.png({ compressionLevel: 6 }).toBuffer(), extension: "png" };
}
