import { basename } from "node:path";
import { type DecodedImage, decodeImage, storedImage } from "#imaging";
import { readBoundedFile } from "#platform";
import type { RoundImage } from "#reasoning";

/** An image of a question: what the loop sees, and what image search needs of it. */
export type LoadedImage = { image: RoundImage; decoded: DecodedImage };

const mediaTypes = { png: "image/png", jpg: "image/jpeg", webp: "image/webp" } as const;

/** An image file by its path, or its content with the name it is to carry. */
export type ImageSource = string | { name: string; bytes: Uint8Array };

/**
 * Reads an image file. What a model may be sent carries no metadata of the file. Throws `path-missing`,
 * `path-unreadable`, `path-not-file`, `file-too-large` (over 256 MB) and the errors of decoding.
 */
export async function loadImage(source: ImageSource, signal?: AbortSignal): Promise<LoadedImage> {
  const { name, bytes } = typeof source === "string" ? await readImageFile(source, signal) : source;
  const decoded = await decodeImage(bytes, { name });
  const stored = await storedImage(bytes, decoded);
  const { width, height, color, notes } = decoded;
  const mediaType = mediaTypes[stored.extension];
  return { image: { name, bytes: stored.bytes, mediaType, width, height, color, notes }, decoded };
}

async function readImageFile(
  file: string,
  signal?: AbortSignal,
): Promise<{ name: string; bytes: Uint8Array }> {
  return { name: basename(file), bytes: await readBoundedFile(file, signal ? { signal } : {}) };
}
