import { MedRoundsError } from "#contracts";
import type { DecodedFrame, PixelCodec } from "./codecs/codec.ts";
import { findCodec } from "./codecs/find-codec.ts";
import type { DicomFile } from "./data-set.ts";
import { type FrameReader, openFrames } from "./frames.ts";
import { type ImagePixel, readImagePixel, unsupported } from "./image-pixel.ts";
import { bytesPerSample, makeSamples, type PixelArray } from "./pixel-array.ts";

/** All frames decoded at once may take 1 GB; single frames can be asked for one by one. */
const byteLimit = 1024 ** 3;

/** An image whose lengths were checked, ready to be decoded frame by frame. */
export type OpenImage = { image: ImagePixel; decodeFrame: (index: number) => Promise<DecodedFrame> };

/**
 * Checks a file's attributes, lengths and fragments without decoding a pixel.
 *
 * @throws MedRoundsError `dicom-without-pixels`, `dicom-damaged`, `dicom-form-unsupported`, `image-truncated`, `image-too-large`.
 */
export function openImage(file: DicomFile): OpenImage {
  const image = readImagePixel(file);
  const codec = requireCodec(file);
  const readFrame: FrameReader = openFrames(codec, file.dataSet, image);
  return { image, decodeFrame: async (index) => codec.decodeFrame(readFrame(index), image) };
}

/**
 * Decodes the stored values of one frame (counted from 1, as the standard does) or of all. Nothing is drawn in part: a frame is
 * decoded whole or refused.
 *
 * @throws MedRoundsError as `openImage`; `frame-missing`.
 */
export async function decodePixels(file: DicomFile, options: { frame?: number } = {}): Promise<PixelArray> {
  const { image, decodeFrame } = openImage(file);
  const { rows, columns, samples, frames, type, photometric } = image;
  if (options.frame !== undefined || frames === 1) {
    const frame = await decodeFrame(frameIndex(image, options.frame));
    return {
      data: frame.data,
      shape: shapeOf({ ...image, frames: 1 }),
      type,
      photometric: frame.photometric ?? photometric,
    };
  }
  const length = rows * columns * samples;
  if (length * frames * bytesPerSample(type) > byteLimit) {
    const facts = { name: image.name, rows, columns, frames };
    throw new MedRoundsError(
      "image-too-large",
      `${image.name} has ${frames} frames of ${columns} × ${rows}.`,
      facts,
    );
  }
  const all: PixelArray = {
    data: makeSamples(type, length * frames),
    shape: shapeOf(image),
    type,
    photometric,
  };
  for (let index = 0; index < frames; index++) {
    const frame = await decodeFrame(index);
    all.data.set(frame.data, index * length);
    all.photometric = frame.photometric ?? photometric;
  }
  return all;
}

/** [frames, rows, columns, samples]; without frames where there is one, without samples where each pixel has one. */
export function shapeOf({ frames, rows, columns, samples }: ImagePixel): number[] {
  return [...(frames > 1 ? [frames] : []), rows, columns, ...(samples > 1 ? [samples] : [])];
}

/** The index from 0 of a frame counted from 1; the first one where none is named. */
export function frameIndex({ name, frames }: ImagePixel, frame = 1): number {
  if (Number.isInteger(frame) && frame >= 1 && frame <= frames) return frame - 1;
  throw new MedRoundsError("frame-missing", `${name} has no frame ${frame}; it has ${frames}.`, {
    name,
    frame,
    frames,
  });
}

function requireCodec({ name, transferSyntax }: DicomFile): PixelCodec {
  const codec = findCodec(transferSyntax);
  if (codec) return codec;
  const { uid } = transferSyntax;
  throw unsupported(`${name} has pixels in the form ${transferSyntax.name} (${uid}).`, {
    name,
    transferSyntax: uid,
  });
}
