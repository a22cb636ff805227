import type { SmallPicture } from "./shrink-picture.ts";

/** Optical density of each value 0–255, as of light that a stain lets through. */
const densities = Float32Array.from({ length: 256 }, (_, value) => -Math.log10((value + 1) / 256));
/** Mean optical density from which a pixel counts as stained. */
const stainedFrom = 0.08;
const vividFrom = 20;
const hueBins = 6;

/**
 * How much color there is, which hues, and which stains: hue of the optical density after the HSD transform (van der Laak et al.,
 * Cytometry 2000), which does not depend on how much stain there is. All are 0 of a gray picture but the densities.
 */
export function colorFeatures({ isColor, red, green, blue, luma }: SmallPicture): Record<string, number> {
  const hues = new Float64Array(hueBins);
  const x = createMoments();
  const y = createMoments();
  const chroma = createMoments();
  const density = createMoments();
  let vivid = 0;
  for (let cell = 0; cell < luma.length; cell++) {
    const r = red[cell]!;
    const g = green[cell]!;
    const b = blue[cell]!;
    const dr = densities[r | 0]!;
    const dg = densities[g | 0]!;
    const db = densities[b | 0]!;
    const mean = (dr + dg + db) / 3;
    density.add(mean);
    if (!isColor) continue;
    const largest = Math.max(r, g, b);
    const range = largest - Math.min(r, g, b);
    chroma.add(range / 255);
    if (range > vividFrom) {
      vivid++;
      hues[hueBin({ r, g, b, largest, range })]! += 1;
    }
    if (mean > stainedFrom) {
      x.add(dr / mean - 1);
      y.add((dg - db) / (Math.sqrt(3) * mean));
    }
  }
  return {
    "color share": vivid / luma.length,
    ...chroma.read("chroma"),
    ...density.read("density"),
    "stained share": x.count() / luma.length,
    ...x.read("stain x"),
    ...y.read("stain y"),
    ...Object.fromEntries(Array.from(hues, (count, bin) => [`hue ${bin}`, count / Math.max(1, vivid)])),
  };
}

/** Hue in sixths of the circle, from halfway between magenta and red. */
function hueBin(color: { r: number; g: number; b: number; largest: number; range: number }): number {
  const { r, g, b, largest, range } = color;
  const sixths = largest === r ? (g - b) / range : largest === g ? 2 + (b - r) / range : 4 + (r - g) / range;
  return Math.floor(sixths + 0.5 + hueBins) % hueBins;
}

function createMoments() {
  let count = 0;
  let sum = 0;
  let squares = 0;
  return {
    add(value: number) {
      count++;
      sum += value;
      squares += value * value;
    },
    count: () => count,
    read(name: string) {
      const mean = sum / Math.max(1, count);
      const spread = Math.sqrt(Math.max(0, squares / Math.max(1, count) - mean * mean));
      return { [`${name} mean`]: mean, [`${name} spread`]: spread };
    },
  };
}
