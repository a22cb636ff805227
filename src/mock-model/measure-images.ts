import type { Conversation } from "./conversation.ts";
import { refuse } from "./doors/door.ts";

export type MeasuredImage = { format: string; bytes: number; width: number; height: number };

/**
 * Format, bytes and size in pixels of every image. Nothing of them is kept.
 * @throws RequestProblem where an image is no image, or not of the type it is said to be
 */
export async function measureImages({ messages }: Conversation): Promise<MeasuredImage[]> {
  const images = messages.flatMap((message) => message.images);
  if (images.length === 0) return [];
  const { default: sharp } = await import("sharp");
  return Promise.all(
    images.map(async ({ mediaType, base64 }, index) => {
      const content = Buffer.from(base64, "base64");
      const { format, width, height } = await sharp(content)
        .metadata()
        .catch(() => refuse(`Image ${index + 1} cannot be decoded.`));
      const isOfType =
        mediaType === "image/*" || mediaType === `image/${format}` || mediaType === "image/jpg";
      if (!isOfType) refuse(`Image ${index + 1} is said to be ${mediaType.slice(0, 40)} and is ${format}.`);
      return { format, bytes: content.length, width, height };
    }),
  );
}
