import type { Picture } from "../image-preprocessing/picture.ts";
import { resize } from "../image-preprocessing/resize.ts";

/** Encoders look at a few hundred pixels a side; larger images would only take longer on their way. */
export const largestSide = 1_024;

/** An image as it is sent to a server: PNG without metadata, at most 1,024 pixels a side, in base64. */
export async function encodePicture(picture: Picture): Promise<string> {
  const { default: sharp } = await import("sharp");
  const { width, height, channels, data } = shrink(picture);
  const png = await sharp(data, { raw: { width, height, channels } })
    .toColourspace(channels === 1 ? "b-w" : "srgb")
    .png({ compressionLevel: 3 })
    .toBuffer();
  return png.toString("base64");
}

export async function toDataUri(picture: Picture): Promise<string> {
  return `data:image/png;base64,${await encodePicture(picture)}`;
}

function shrink(picture: Picture): Picture {
  const scale = largestSide / Math.max(picture.width, picture.height);
  if (scale >= 1) return picture;
  const [width, height] = [picture.width, picture.height].map((side) =>
    Math.max(1, Math.round(side * scale)),
  ) as [number, number];
  return resize(picture, { width, height, interpolation: "bicubic" });
}
