import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { MedRoundsError } from "#contracts";
import { containedPath, parseJson, readBoundedFile } from "#platform";
import type { ImageEncoder } from "./image-encoder.ts";
import type { Picture } from "./image-preprocessing/picture.ts";

const goldenSchema = z.object({
  /** A PNG in the folder. */
  image: z.string().min(1),
  /** The first numbers of the image's vector, as its authors' code gives it, at length 1. */
  vector: z.array(z.number()).min(1),
  text: z.string().optional(),
  textVector: z.array(z.number()).min(1).optional(),
  /** Largest difference of a number. */
  tolerance: z.number().positive().max(0.1).default(0.005),
});

const fileLimit = 16 * 1024 * 1024;

/**
 * Compares an encoder with the golden.json in its folder, where there is one: `{ "image": "golden.png", "vector": [first numbers],
 * "text": "…", "textVector": [first numbers], "tolerance": 0.005 }`. An export that went wrong gives finite vectors of the right
 * dimension, so nothing else would tell.
 * @throws MedRoundsError `golden-mismatch`, `image-encoder-unusable` where golden.json can't be read
 */
export async function checkGolden(request: {
  encoder: ImageEncoder;
  folder: string;
  signal?: AbortSignal | undefined;
}): Promise<void> {
  const { encoder, folder, signal } = request;
  if (!existsSync(join(folder, "golden.json"))) return;
  const bytes = await readBoundedFile(join(folder, "golden.json"), { limit: fileLimit });
  const { data: golden } = goldenSchema.safeParse(parseJson(new TextDecoder().decode(bytes)));
  if (golden === undefined) throw unreadable(folder);
  const picture = await readPicture(folder, golden.image);
  const [found] = await encoder.embedImages([picture], signal);
  compare({ encoder, found, wanted: golden.vector, tolerance: golden.tolerance, what: "image" });
  const { text, textVector } = golden;
  if (text === undefined || textVector === undefined) return;
  const [spoken] = (await encoder.embedTexts?.([text], signal)) ?? [];
  compare({ encoder, found: spoken, wanted: textVector, tolerance: golden.tolerance, what: "text" });
}

function compare(request: {
  encoder: ImageEncoder;
  found: Float32Array | undefined;
  wanted: readonly number[];
  tolerance: number;
  what: "image" | "text";
}): void {
  const { encoder, found, wanted, tolerance, what } = request;
  const differences = wanted.map((value, index) => Math.abs(value - (found?.[index] ?? Infinity)));
  const largest = differences.reduce((most, difference) => Math.max(most, difference), 0);
  if (largest <= tolerance) return;
  const message = `The image encoder ${encoder.id} gives the ${what} of its golden.json another vector.`;
  throw new MedRoundsError("golden-mismatch", message, {
    what,
    at: differences.indexOf(largest),
    largestDifference: Number.isFinite(largest) ? largest : null,
    tolerance,
  });
}

async function readPicture(folder: string, name: string): Promise<Picture> {
  const bytes = await readBoundedFile(await containedPath(folder, name), { limit: fileLimit });
  const { default: sharp } = await import("sharp");
  try {
    const image = sharp(bytes, { failOn: "warning" }).removeAlpha();
    const { data, info } = await image.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
    if (info.channels !== 1 && info.channels !== 3) throw new Error("channels");
    return { width: info.width, height: info.height, channels: info.channels, data };
  } catch {
    throw unreadable(folder);
  }
}

function unreadable(folder: string): MedRoundsError {
  const message = `The golden.json in ${basename(folder)}, or the image that it names, can't be read.`;
  return new MedRoundsError("image-encoder-unusable", message, { folder });
}
