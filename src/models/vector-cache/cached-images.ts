import { createHash } from "node:crypto";
import { join } from "node:path";
import type { ImageEncoder } from "../image-encoder.ts";
import type { Picture } from "../image-preprocessing/picture.ts";
import { keepVectors } from "./keep-vectors.ts";
import { openVectorFile } from "./vector-file.ts";

/**
 * An encoder whose images are encoded once: their vectors are kept in a file of `folder` named by the fingerprint, by the SHA-256 of
 * fingerprint, size and pixels. Equal images of one call are encoded once too. Texts are not kept.
 */
export async function cacheImages(encoder: ImageEncoder, folder: string): Promise<ImageEncoder> {
  const file = await openVectorFile(join(folder, `${encoder.fingerprint}.vectors`), encoder.dimension);
  const keyOf = ({ width, height, channels, data }: Picture) =>
    createHash("sha256")
      .update(JSON.stringify([encoder.fingerprint, "image", width, height, channels]))
      .update(data)
      .digest();
  return {
    ...encoder,
    embedImages: (images, signal) =>
      keepVectors({ items: images, keyOf, file, make: encoder.embedImages, signal }),
    async [Symbol.asyncDispose]() {
      await file[Symbol.asyncDispose]();
      await encoder[Symbol.asyncDispose]();
    },
  };
}
