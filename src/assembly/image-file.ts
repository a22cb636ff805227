import { basename } from "node:path";
import { describeImage, type ImageDescription, type ImageView, renderImage } from "#imaging";
import { readBoundedFile } from "#platform";
import { writeNewFile } from "./new-file.ts";

/** What an image file holds and how it is shown. Throws the errors of reading and decoding. */
export async function describeImageFile(request: {
  file: string;
  signal?: AbortSignal;
}): Promise<ImageDescription> {
  const { file, ...options } = request;
  const bytes = await readBoundedFile(file, options);
  return describeImage(bytes, { name: basename(file), ...options });
}

/**
 * Writes an image file as the PNG that is shown. Throws the errors of reading and decoding, `frame-missing`, `usage-invalid` for a
 * window of an image that has none, `path-occupied` where `out` is there already, `path-unwritable` and `disk-full`.
 */
export async function renderImageFile(
  request: { file: string; out: string; signal?: AbortSignal } & ImageView,
): Promise<{ width: number; height: number; notes: string[] }> {
  const { file, out, ...options } = request;
  const { signal } = options;
  const bytes = await readBoundedFile(file, signal ? { signal } : {});
  const { png, ...rendered } = await renderImage(bytes, { name: basename(file), ...options });
  await writeNewFile(out, png);
  return rendered;
}
