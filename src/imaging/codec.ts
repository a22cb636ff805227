import { createRequire } from "node:module";
import type { Metadata, Sharp, default as sharp } from "sharp";
import type { Raster } from "./raster.ts";

/** Largest image accepted, in pixels. */
export const pixelLimit = 100_000_000;
/** Longest side accepted, in pixels. */
export const sideLimit = 16_384;

let codec: typeof sharp | undefined;

/** Loaded with the first image that is decoded: whoever only passes files on is spared its time and memory. */
function openCodec(): typeof sharp {
  if (codec) return codec;
  codec = createRequire(import.meta.url)("sharp") as typeof sharp;
  // One image seldom gains from more threads, and the caller runs several; the cache would hold pixels of past files.
  codec.cache(false);
  codec.concurrency(1);
  return codec;
}

/** The spaces in which pixels are read: gray or sRGB, at 8 or 16 bits a sample. */
export type PixelSpace = "b-w" | "srgb" | "grey16" | "rgb16";

/** Reads what the decoder says of the file, without its pixels. Rejects with the decoder's own error, or at samples of another kind. */
export async function readMetadata(bytes: Uint8Array): Promise<Metadata & { pixelSpace: PixelSpace }> {
  const metadata = await openImage(bytes).metadata();
  const isGray = (metadata.space === "b-w" || metadata.space === "grey16") && !metadata.hasAlpha;
  if (metadata.depth !== "uchar" && metadata.depth !== "ushort") throw new Error("Samples of another kind.");
  const isDeep = metadata.depth === "ushort";
  const pixelSpace = isDeep ? (isGray ? "grey16" : "rgb16") : isGray ? "b-w" : "srgb";
  return { ...metadata, pixelSpace };
}

/** The pixels of the first frame, upright, in `space`; nothing is decoded until an output is asked for. */
export function openPixels(bytes: Uint8Array, space: PixelSpace): Sharp {
  // Naming the space also switches off shrink-on-load, which would give a JPEG other pixels than a PNG of the same picture.
  return openImage(bytes).pipelineColourspace(space).toColourspace(space);
}

/** Refuses at the first warning of the decoder, so that a damaged file is never drawn in part. */
function openImage(bytes: Uint8Array): Sharp {
  return openCodec()(bytes, {
    failOn: "warning",
    limitInputPixels: pixelLimit,
    sequentialRead: true,
    autoOrient: true,
  }).timeout({ seconds: 60 });
}

/** Pixels that are decoded already, in gray or sRGB. */
export function openRaster({ width, height, channels, data }: Raster): Sharp {
  return openCodec()(data, { raw: { width, height, channels } }).toColourspace(
    channels === 1 ? "b-w" : "srgb",
  );
}

/** Encodes a raster as PNG, 8 bits a sample, without metadata. Level 6 takes half as long again for 1 % fewer bytes of an X-ray. */
export async function encodePng(raster: Raster): Promise<Uint8Array> {
  return openRaster(raster).png({ compressionLevel: 3 }).toBuffer();
}

/** Encodes a raster as WebP, fitted into a square of `side` pixels. */
export async function encodeThumbnail(raster: Raster, side: number): Promise<Uint8Array> {
  const { width, height, channels, data } = raster;
  return openCodec()(data, { raw: { width, height, channels } })
    .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true })
    .webp({ quality: 82 })
    .toBuffer();
}
