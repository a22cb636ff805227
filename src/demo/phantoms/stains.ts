import type { Raster } from "#imaging";
import { createNoise, createPlane, type Plane } from "./canvas.ts";
import { between, normal, type Random } from "./chance.ts";
import { burnLettering } from "./lettering.ts";

/** Side of a tile in pixels. */
export const tileSize = 256;

/** How much of each stain the light crosses: 0 is none, 1 is a strongly stained structure. */
export type Stains = { hematoxylin: Plane; eosin: Plane };

export function createStains(): Stains {
  return { hematoxylin: createPlane(tileSize, tileSize), eosin: createPlane(tileSize, tileSize) };
}

/** Optical density of each stain in red, green and blue (reference vectors of Macenko et al., ISBI 2009:1107). */
const hematoxylinDensity = [0.5626, 0.7201, 0.4062] as const;
const eosinDensity = [0.2159, 0.8012, 0.5581] as const;

/** How dark a slide was stained; all tiles of a slide share it. */
export type StainStrength = { hematoxylin: number; eosin: number };

export function drawStainStrength(random: Random): StainStrength {
  return { hematoxylin: between(random, [1.15, 1.5]), eosin: between(random, [0.62, 0.85]) };
}

/** Light that passes both stains (Beer and Lambert's law), with the grain of a camera. */
export function developStains(random: Random, stains: Stains, strength: StainStrength): Raster {
  const data = new Uint8Array(tileSize * tileSize * 3);
  const patches = createNoise(random, { width: tileSize, height: tileSize, cell: 40 });
  for (let pixel = 0; pixel < tileSize * tileSize; pixel++) {
    const uneven = 0.9 + 0.2 * patches.data[pixel]!;
    const hematoxylin = stains.hematoxylin.data[pixel]! * strength.hematoxylin * uneven;
    const eosin = stains.eosin.data[pixel]! * strength.eosin * uneven;
    const grain = 2.5 * normal(random);
    for (let color = 0; color < 3; color++) {
      const density = hematoxylin * hematoxylinDensity[color]! + eosin * eosinDensity[color]!;
      data[pixel * 3 + color] = Math.min(255, Math.max(0, 246 * Math.exp(-density) + grain));
    }
  }
  const raster: Raster = { width: tileSize, height: tileSize, channels: 3, data };
  burnLettering(raster);
  return raster;
}

/** Replaces what is there by `paint` where the mask is 1. */
export function cover(
  stains: Stains,
  mask: Plane,
  paint: { eosin: (index: number) => number; hematoxylin: (index: number) => number },
): void {
  for (const stain of ["eosin", "hematoxylin"] as const) {
    const { data } = stains[stain];
    for (let index = 0; index < data.length; index++) {
      const share = mask.data[index]!;
      if (share > 0) data[index] = data[index]! * (1 - share) + paint[stain](index) * share;
    }
  }
}
