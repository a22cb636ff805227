import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { builtInDescriptor, decodeImage } from "#imaging";
import { mapConcurrently } from "#platform";
import type { Figure } from "../measure.ts";

const data = join(import.meta.dirname, "../../../shared/data");
const folders = { radiographs: "cxr_nih/images", "stained cells": "path_cervical_lbc/images/HSIL" };
const most = 150;

/** Images of 512 pixels decoded and described, beside sharp alone, which decodes and resizes to 224 pixels. */
export async function benchDescribing(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [name, folder] of Object.entries(folders)) {
    const files = (await readdir(join(data, folder))).slice(0, most);
    const images = await Promise.all(files.map((file) => readFile(join(data, folder, file))));
    const describe = async (bytes: Uint8Array) =>
      builtInDescriptor.embed(await decodeImage(bytes, { name: "image.jpg" }));
    const resize = (bytes: Uint8Array) => sharp(bytes).resize(224, 224).raw().toBuffer();
    await perSecond(images.slice(0, 20), describe);
    figures.push({
      what: `${name} of 512 px, decoded and described`,
      value: await perSecond(images, describe),
      unit: "a second",
      target: "≥ 60",
      peer: { name: "sharp, decode and resize to 224 px", value: await perSecond(images, resize) },
    });
  }
  return figures;
}

async function perSecond(
  images: readonly Uint8Array[],
  work: (bytes: Uint8Array) => Promise<unknown>,
): Promise<number> {
  const began = performance.now();
  await mapConcurrently(images, 4, work);
  return (1000 * images.length) / (performance.now() - began);
}
