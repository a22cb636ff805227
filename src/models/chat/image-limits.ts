import { MedRoundsError } from "#contracts";
import type { ChatMessage } from "./chat.ts";

/** What one request may hold; a limit that is not given is not checked. */
export type ImageLimits = {
  /** Images in one request. */
  images?: number | undefined;
  /** Bytes of one encoded image. */
  imageBytes?: number | undefined;
  /** Width times height of one image. */
  imagePixels?: number | undefined;
};

/**
 * Refuses what is over a limit before anything is sent; nothing is ever left out or made smaller.
 * @throws MedRoundsError `images-too-many`, `image-over-limit`
 */
export async function checkImages(
  messages: readonly ChatMessage[],
  { images: most, imageBytes, imagePixels }: ImageLimits,
): Promise<void> {
  const parts = messages.flatMap((message) => (message.role === "user" ? message.parts : []));
  const images = parts.filter((part) => part.type === "image");
  if (most !== undefined && images.length > most) {
    const takes = most === 0 ? "no image" : most === 1 ? "one image" : `${most} images`;
    throw new MedRoundsError(
      "images-too-many",
      `The request has ${images.length} images, and the model takes ${takes}.`,
      { images: images.length, most },
    );
  }
  for (const [index, { bytes }] of images.entries()) {
    if (imageBytes !== undefined && bytes.length > imageBytes) {
      throw overLimit({ image: index + 1, what: "bytes", found: bytes.length, most: imageBytes });
    }
    if (imagePixels === undefined) continue;
    const pixels = await countPixels(bytes);
    if (pixels > imagePixels) {
      throw overLimit({ image: index + 1, what: "pixels", found: pixels, most: imagePixels });
    }
  }
}

/** 0 for what is no image: the server judges that. */
async function countPixels(bytes: Uint8Array): Promise<number> {
  const { default: sharp } = await import("sharp");
  const { width = 0, height = 0 } = await sharp(bytes)
    .metadata()
    .catch(() => ({ width: 0, height: 0 }));
  return width * height;
}

function overLimit(facts: { image: number; what: string; found: number; most: number }): MedRoundsError {
  const { image, what, found, most } = facts;
  const message = `Image ${image} of the request has ${found} ${what}, and the model takes at most ${most}.`;
  return new MedRoundsError("image-over-limit", message, facts);
}
