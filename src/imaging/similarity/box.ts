import { MedRoundsError } from "#contracts";
import type { Raster } from "../raster.ts";

/** A part of an image, from its upper left corner: in pixels, or in shares of the image (width and height at most 1). */
export type Box = { x: number; y: number; width: number; height: number };

/** Shortest side of a box, in pixels of the raster that it is cut from. */
const leastSide = 8;

/**
 * The part of a raster that lies in a box, to be described like any image. What of the box lies outside of the raster is left off. A
 * box in pixels is one of an image of `size` pixels, the raster's own unless given, and scaled to the raster.
 * Throws `box-invalid` where less than 8 × 8 pixels are left, or a number is not finite.
 */
export function cutBox(request: {
  raster: Raster;
  box: Box;
  size?: { width: number; height: number };
}): Raster {
  const { raster, box, size = raster } = request;
  const isShare = box.width <= 1 && box.height <= 1;
  const scale = isShare
    ? { x: raster.width, y: raster.height }
    : { x: raster.width / size.width, y: raster.height / size.height };
  const left = Math.max(0, Math.round(box.x * scale.x));
  const top = Math.max(0, Math.round(box.y * scale.y));
  const width = Math.min(raster.width, Math.round((box.x + box.width) * scale.x)) - left;
  const height = Math.min(raster.height, Math.round((box.y + box.height) * scale.y)) - top;
  if (!(width >= leastSide && height >= leastSide)) {
    const message = "The box has less than 8 × 8 pixels inside the image.";
    throw new MedRoundsError("box-invalid", message, { ...box });
  }
  const { channels } = raster;
  const data = new Uint8Array(width * height * channels);
  for (let row = 0; row < height; row++) {
    const start = ((top + row) * raster.width + left) * channels;
    data.set(raster.data.subarray(start, start + width * channels), row * width * channels);
  }
  return { width, height, channels, data };
}
