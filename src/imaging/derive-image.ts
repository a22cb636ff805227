import type { ImageView } from "#contracts";
import { encodePng, openRaster } from "./codec.ts";
import { decodeImage } from "./decode.ts";
import type { Raster } from "./raster.ts";
import { type Box, cutBox } from "./similarity/box.ts";

/** Longest side of a derived picture where none is asked for, and of two that stand side by side. */
const usualSide = 1536;
const pairSide = 1024;
/** Between two pictures, in pixels, and its gray. */
const gap = 8;
const gapGray = 128;

type Given = { bytes: Uint8Array; name: string };

/**
 * A part of a PNG, JPEG or WebP file as a new PNG: cut, inverted, shown at another size, beside the same part of another file. Not for
 * DICOM. Throws `box-invalid` and the errors of decoding.
 */
export async function deriveImage(
  image: Given,
  view: Pick<ImageView, "box" | "side" | "invert"> & { beside?: Given },
): Promise<{ png: Uint8Array; width: number; height: number; color: "gray" | "color" }> {
  const { box, side, invert = false, beside } = view;
  const whole = await decode(image);
  const most = side ?? Math.min(Math.max(whole.width, whole.height), beside ? pairSide : usualSide);
  const part = draw(whole, { box, invert });
  const shown = await resize(part, { width: most, height: most, enlarge: side !== undefined });
  const other = beside && draw(await decode(beside), { box: box && toShares(box, whole), invert });
  const made = other
    ? join(shown, await resize(other, { width: most, height: shown.height, enlarge: true }))
    : shown;
  const { width, height, channels } = made;
  return { png: await encodePng(made), width, height, color: channels === 1 ? "gray" : "color" };
}

async function decode({ bytes, name }: Given): Promise<Raster> {
  return (await decodeImage(bytes, { name, side: Number.POSITIVE_INFINITY })).raster;
}

function draw(raster: Raster, { box, invert }: { box: Box | undefined; invert: boolean }): Raster {
  const part = box ? cutBox({ raster, box }) : raster;
  return invert ? { ...part, data: part.data.map((sample) => 255 - sample) } : part;
}

function toShares(box: Box, { width, height }: Raster): Box {
  if (box.width <= 1 && box.height <= 1) return box;
  return { x: box.x / width, y: box.y / height, width: box.width / width, height: box.height / height };
}

async function resize(
  raster: Raster,
  { width, height, enlarge }: { width: number; height: number; enlarge: boolean },
): Promise<Raster> {
  if (!enlarge && raster.width <= width && raster.height <= height) return raster;
  const { data, info } = await openRaster(raster)
    .resize({ width, height, fit: "inside", withoutEnlargement: !enlarge })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { channels } = raster;
  return { width: info.width, height: info.height, channels, data: new Uint8Array(data) };
}

/** Two pictures side by side, the lower one centered. */
function join(left: Raster, right: Raster): Raster {
  const channels = left.channels === 1 && right.channels === 1 ? 1 : 3;
  const width = left.width + gap + right.width;
  const height = Math.max(left.height, right.height);
  const made: Raster = {
    width,
    height,
    channels,
    data: new Uint8Array(width * height * channels).fill(gapGray),
  };
  paste(made, left, 0);
  paste(made, right, left.width + gap);
  return made;
}

function paste(onto: Raster, part: Raster, left: number): void {
  const top = Math.floor((onto.height - part.height) / 2);
  for (let row = 0; row < part.height; row++) {
    for (let column = 0; column < part.width; column++) {
      const to = ((top + row) * onto.width + left + column) * onto.channels;
      const from = (row * part.width + column) * part.channels;
      for (let channel = 0; channel < onto.channels; channel++) {
        onto.data[to + channel] = part.data[from + Math.min(channel, part.channels - 1)]!;
      }
    }
  }
}
