/**
 * The one way in for files that nobody has looked at yet. DICOM, whose parsers and decoders are JavaScript and WebAssembly, is read in
 * threads with limits; PNG, JPEG, WebP and TIFF are decoded by libvips in threads of its own already.
 */
import { MedRoundsError } from "#contracts";
import { encodePng } from "./codec.ts";
import { type DecodedImage, decodeImage as decodeHere } from "./decode.ts";
import type {
  DicomDetails,
  ImageLikeness,
  ImageView,
  Jobs,
  ReadImage,
  RenderedImage,
} from "./decoding-workers/jobs.ts";
import { runJob } from "./decoding-workers/run-job.ts";
import {
  describeImage as describeHere,
  type ImageDescription as PlainDescription,
} from "./describe-image.ts";
import { isDicom } from "./dicom/read-dicom.ts";
import { classifyImageKind } from "./kind/classify-image-kind.ts";
import { storedImage } from "./stored-image.ts";

/** What an image file holds and how it is shown. */
export type ImageDescription = PlainDescription & Partial<DicomDetails>;

type Options = { name: string; signal?: AbortSignal };

/** The file's decoded picture. Takes the bytes along and throws as `readImage` does. */
export async function decodeImage(bytes: Uint8Array, options: Options): Promise<DecodedImage> {
  const { signal, ...given } = options;
  return isDicom(bytes) ? runJob("decode", { bytes, ...given }, signal) : decodeHere(bytes, given);
}

/**
 * The file's picture, decoded and as a library keeps it: without metadata; a DICOM image as it is shown, of its first frame unless told. Takes
 * the bytes of a DICOM file along: a buffer that they fill is empty afterwards.
 *
 * @throws MedRoundsError what decoding throws; `decoding-limit` where it takes more than 10 s or 1.5 GB; the signal's reason.
 */
export async function readImage(bytes: Uint8Array, options: Options & ImageView): Promise<ReadImage> {
  const { signal, name, ...view } = options;
  if (isDicom(bytes)) return runJob("read", { bytes, name: lastPart(name), ...view }, signal);
  const image = await decodeHere(bytes, { name });
  const stored = await storedImage(bytes, image);
  return { image, stored, kind: classifyImageKind(image.raster), burnedInText: null, removed: null };
}

/** What the file holds and how it is shown; of DICOM also what in it identifies. Takes the bytes along and throws as `readImage` does. */
export async function describeImage(bytes: Uint8Array, { name, signal }: Options): Promise<ImageDescription> {
  return isDicom(bytes)
    ? runJob("describe", { bytes, name: lastPart(name) }, signal)
    : describeHere(bytes, { name });
}

/** The picture at full size as a PNG. Takes the bytes along and throws as `readImage` does, and `usage-invalid`, `frame-missing`. */
export async function renderImage(bytes: Uint8Array, options: Options & ImageView): Promise<RenderedImage> {
  const { signal, ...given } = options;
  if (isDicom(bytes)) return runJob("render", { bytes, ...given, name: lastPart(given.name) }, signal);
  if (given.window) {
    throw new MedRoundsError("usage-invalid", `${lastPart(given.name)} is no DICOM image: it has no window.`);
  }
  const { raster, width, height, notes } = await decodeHere(bytes, {
    ...given,
    side: Number.POSITIVE_INFINITY,
  });
  return { png: await encodePng(raster), width, height, notes };
}

/** What the file's picture is compared with others by, measured in a thread whatever its format. Takes the bytes along and throws as `readImage` does. */
export function measureLikeness(bytes: Uint8Array, { name, signal }: Options): Promise<ImageLikeness> {
  return runJob("compare", { bytes, name: lastPart(name) }, signal);
}

/** What a library keeps of a DICOM file beside its picture, with ids by `key`. Takes the bytes along and throws as `readImage` does. */
export function identifyDicom(bytes: Uint8Array, options: Options & { key: Uint8Array }) {
  const { signal, ...given } = options;
  return runJob("identify", { bytes, ...given, name: lastPart(given.name) }, signal);
}

/** The names, ids and dates of the file that point to its patient, for a guard over what leaves the machine. Takes the bytes along. */
export function readIdentities(bytes: Uint8Array, { name, signal }: Options): Promise<string[]> {
  return runJob("name", { bytes, name: lastPart(name) }, signal);
}

/** The file without what identifies persons. Takes the bytes along and throws as `readImage` does. */
export function deidentifyDicom(
  bytes: Uint8Array,
  options: Options & Omit<Parameters<Jobs["deidentify"]>[0], "bytes" | "name">,
) {
  const { signal, ...given } = options;
  return runJob("deidentify", { bytes, ...given, name: lastPart(given.name) }, signal);
}

function lastPart(name: string): string {
  return name.split(/[\\/]/).at(-1) ?? "";
}
