import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { type DecodedImage, decodeImage, storedImage } from "#imaging";
import { fileError } from "#platform";
import type { RoundImage } from "#reasoning";

/** An image of a question: what the loop sees, and what image search needs of it. */
export type LoadedImage = { image: RoundImage; decoded: DecodedImage };

const mediaTypes = { png: "image/png", jpg: "image/jpeg", webp: "image/webp" } as const;

/**
 * Reads an image file. What a model may be sent carries no metadata of the file. Throws `path-missing`, `path-unreadable` and
 * the errors of decoding.
 */
export async function loadImage(file: string): Promise<LoadedImage> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw fileError(error, file);
  });
  const name = basename(file);
  const decoded = await decodeImage(bytes, { name });
  const stored = await storedImage(bytes, decoded);
  const { width, height, color, notes } = decoded;
  const mediaType = mediaTypes[stored.extension];
  return { image: { name, bytes: stored.bytes, mediaType, width, height, color, notes }, decoded };
}
