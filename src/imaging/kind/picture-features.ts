import type { Raster } from "../raster.ts";
import { colorFeatures } from "./color-features.ts";
import { insideFrame } from "./inside-frame.ts";
import { intensityFeatures } from "./intensity-features.ts";
import { layoutFeatures } from "./layout-features.ts";
import { shrinkPicture } from "./shrink-picture.ts";
import { textureFeatures } from "./texture-features.ts";

/** Measures of a picture by name, always the same names in the same order: color and stain, intensity, layout, texture. */
export function pictureFeatures(raster: Raster): Record<string, number> {
  const picture = shrinkPicture(raster);
  const inside = insideFrame(picture.luma);
  return {
    ...colorFeatures(picture),
    ...intensityFeatures(picture, inside),
    ...layoutFeatures(picture, inside),
    ...textureFeatures(picture),
  };
}
