import { createHash } from "node:crypto";
import type { Metadata } from "sharp";
import { type ErrorCode, type ErrorFacts, MedRoundsError } from "#contracts";
import { pixelLimit, readMetadata, sideLimit } from "./codec.ts";
import type { Container } from "./container/container.ts";
import { nameForeignFormat } from "./container/foreign-format.ts";
import { readContainer } from "./container/read-container.ts";
import { renderFrame } from "./dicom/display/render-frame.ts";
import type { Window } from "./dicom/display/values-of-interest.ts";
import { type PixelSpacing, readPixelSpacing } from "./dicom/pixel-spacing.ts";
import { isDicom, readDicom } from "./dicom/read-dicom.ts";
import type { Raster } from "./raster.ts";
import { makeWorkingCopy, shrinkRaster, workingSide } from "./working-copy.ts";

/** A decoded image file. */
export type DecodedImage = {
  /** Working copy: upright, inside 512 × 512 pixels or what was asked for, 1 channel if the picture is gray, else 3 (sRGB). */
  raster: Raster;
  /** Full size in pixels, upright. */
  width: number;
  height: number;
  /** A color file whose channels are equal everywhere in the working copy counts as gray. */
  color: "gray" | "color";
  mediaType: Container["mediaType"] | "application/dicom";
  /** Sentences about what was done to the picture to show it. */
  notes: string[];
  /** SHA-256 (hex) of the working copy with its size: equal for the same pixels in another container. */
  pixelHash: string;
  /** Of a DICOM image that names it. */
  spacing?: PixelSpacing;
};

export type DecodingOptions = {
  /** The file's name: its last part stands in messages. */
  name: string;
  /** Longest side of the working copy; 512 by default, Infinity for the full size. */
  side?: number | undefined;
  /** Which frame of a DICOM image, from 1; the first by default. */
  frame?: number | undefined;
  /** Window of a gray DICOM image instead of its own, in values of its modality. */
  window?: Window | undefined;
};

/**
 * Decodes a PNG, JPEG, WebP, TIFF or DICOM file; its magic number decides, not its name. Of an animation and of a TIFF with several
 * pictures the first one is used.
 *
 * @throws MedRoundsError `file-empty`; `file-unsupported` (another image format); `image-not-image`; `image-truncated`;
 * `image-too-large` (over 100 megapixels or 16,384 pixels a side, known from the header); `image-unreadable`; `frame-missing`; of DICOM
 * also `dicom-damaged`, `dicom-without-pixels`, `dicom-form-unsupported`, `file-expands-too-far`.
 */
export async function decodeImage(bytes: Uint8Array, options: DecodingOptions): Promise<DecodedImage> {
  const name = options.name.split(/[\\/]/).at(-1) ?? "";
  return isDicom(bytes)
    ? decodeDicom(bytes, { ...options, name })
    : decodePicture(bytes, { ...options, name });
}

async function decodeDicom(bytes: Uint8Array, options: DecodingOptions): Promise<DecodedImage> {
  const { name, side = workingSide, frame = 1, window } = options;
  const file = readDicom(bytes, { name });
  const { raster: full, steps } = await renderFrame(file, { frame, window });
  const raster = await shrinkRaster(full, side);
  const spacing = readPixelSpacing(file.dataSet, frame - 1);
  return {
    ...describeRaster(raster),
    width: full.width,
    height: full.height,
    mediaType: "application/dicom",
    notes: steps,
    ...(spacing ? { spacing } : {}),
  };
}

async function decodePicture(bytes: Uint8Array, options: DecodingOptions): Promise<DecodedImage> {
  const { name, side = workingSide, frame = 1 } = options;
  const container = checkContainer(bytes, name);
  if (frame !== 1) {
    const message = `${name} has no frame ${frame} that is read here; only the first one is.`;
    throw new MedRoundsError("frame-missing", message, { name, frame });
  }
  const { mediaType } = container;
  try {
    const metadata = await readMetadata(bytes);
    const { raster, isTransparent } = await makeWorkingCopy(bytes, { space: metadata.pixelSpace, side });
    const { width, height } = metadata.autoOrient;
    const notes = writeNotes({ container, metadata, isTransparent });
    return { ...describeRaster(raster), width, height, mediaType, notes };
  } catch (error) {
    throw explainRefusal(error, container, name);
  }
}

export function describeRaster(raster: Raster): Pick<DecodedImage, "raster" | "color" | "pixelHash"> {
  return { raster, color: raster.channels === 1 ? "gray" : "color", pixelHash: hashPixels(raster) };
}

function checkContainer(bytes: Uint8Array, name: string): Container {
  const facts = { name, bytes: bytes.length };
  if (bytes.length === 0) {
    throw new MedRoundsError("file-empty", `${name} is empty.`, facts);
  }
  const container = readContainer(bytes);
  if (container === null) {
    const format = nameForeignFormat(bytes);
    if (format !== null) {
      const message = `${name} is a ${format} file, which is not read here.`;
      throw new MedRoundsError("file-unsupported", message, { ...facts, format });
    }
    throw new MedRoundsError("image-not-image", `${name} does not hold an image.`, facts);
  }
  const { width, height, complete } = container;
  if (width > sideLimit || height > sideLimit || width * height > pixelLimit) {
    throw refusal("image-too-large", `${name} has ${width} × ${height} pixels.`, container, facts);
  }
  if (!complete) {
    throw refusal("image-truncated", `${name} ends before its image does.`, container, facts);
  }
  return container;
}

function refusal(code: ErrorCode, message: string, container: Container, facts: ErrorFacts): MedRoundsError {
  const { mediaType, width, height } = container;
  return new MedRoundsError(code, message, { ...facts, mediaType, width, height });
}

/** The decoder's own text stays out: it is written for its authors and may change with each version. */
function explainRefusal(error: unknown, container: Container, name: string): MedRoundsError {
  const isTruncated = error instanceof Error && /premature|truncat/i.test(error.message);
  return isTruncated
    ? refusal("image-truncated", `${name} lacks part of its image.`, container, { name })
    : refusal("image-unreadable", `${name} could not be decoded.`, container, { name });
}

function writeNotes(facts: { container: Container; metadata: Metadata; isTransparent: boolean }): string[] {
  const { container, metadata, isTransparent } = facts;
  const notes: [boolean, string][] = [
    [
      container.frames > 1,
      `${container.mediaType === "image/tiff" ? "" : "animated: "}first frame of ${container.frames} used`,
    ],
    [isTurned(metadata.orientation), "rotated as its EXIF orientation says"],
    [metadata.depth === "ushort", "16 bits a sample: shown scaled to 8"],
    [metadata.space === "cmyk", "CMYK converted to sRGB"],
    [isTransparent, "transparent: laid on black"],
  ];
  return notes.filter(([applies]) => applies).map(([, note]) => note);
}

/** EXIF orientations 2–8 turn or mirror the picture; other numbers mean nothing and are ignored. */
function isTurned(orientation = 1): boolean {
  return orientation >= 2 && orientation <= 8;
}

function hashPixels({ width, height, channels, data }: Raster): string {
  return createHash("sha256").update(`${width}×${height}×${channels}:`).update(data).digest("hex");
}
