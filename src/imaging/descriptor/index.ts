import { createHash } from "node:crypto";
import type { DecodedImage } from "../decode.ts";
import type { Raster } from "../raster.ts";
import { coOccurrences } from "./co-occurrences.ts";
import { type Colors, chromaOf, colorHistogram, lumaOfColors } from "./color.ts";
import { contrastByScale } from "./contrast-by-scale.ts";
import { gradientHistograms } from "./gradients.ts";
import { granulometry } from "./granulometry.ts";
import { intensityHistogram } from "./intensity.ts";
import { localPatterns } from "./local-patterns.ts";
import { toUnitLength } from "./normalization.ts";
import { channelOf, fitInside, halve, lumaOf, type Plane, resample, stretch } from "./plane.ts";
import { separateStains, stainMoments } from "./stains.ts";

/** Turns a decoded image into a vector of unit length; the cosine of two vectors says how alike the images are. */
export type ImageEmbedder = {
  id: string;
  dimension: number;
  /** Changes whenever the same image could get another vector. */
  preprocessingHash: string;
  /** Cosine below which two images are of different kinds, so that neither says anything of the other. */
  unlikeBelow: number;
  embed(image: DecodedImage): Float32Array;
};

/** All that the vector depends on besides the code; a change of the code that changes vectors takes a new `version`. */
const parameters = {
  version: 2,
  side: 256,
  smallSide: 96,
  percentiles: [0.01, 0.99],
  patterns: { contrasts: 5 },
  patternsByPlace: { contrasts: 4, rows: 2, columns: 3 },
  gradients: { cells: 4, orientations: 6 },
  histogram: { bins: 16, range: 1 },
  lumaScales: { scales: 5, step: 0.01 },
  eosinScales: { scales: 5, step: 0.015 },
  color: { hue: 8, saturation: 3, value: 3 },
  grains: { side: 64, radii: [1, 2, 3, 5], scale: 3 },
  coOccurrences: { levels: 8, distances: [1, 4] },
  /** Chroma at which a picture counts half as colored. */
  halfColored: 0.03,
  weights: {
    patterns: 1.4,
    scales: 1,
    patternsByPlace: 1,
    gradients: 0.8,
    histogram: 0.7,
    hematoxylinPatterns: 1,
    eosinScales: 0.7,
    color: 1.2,
    stainMoments: 0.5,
    grains: 0.5,
    coOccurrences: 0.7,
  },
} as const;

type BlockName = keyof typeof parameters.weights;
type Blocks<Names extends BlockName> = Record<Names, Float32Array>;

/** Of any picture: fine structure of its luma. */
function describeTexture(luma: Plane): Blocks<"patterns" | "scales"> {
  return {
    patterns: localPatterns(pyramid(luma), parameters.patterns),
    scales: contrastByScale(luma, parameters.lumaScales),
  };
}

/** Of a gray picture, which has a top and sides: where its structure is and which way its edges run. */
function describeArrangement(
  luma: Plane,
  small: Plane,
): Blocks<"patternsByPlace" | "gradients" | "histogram"> {
  return {
    patternsByPlace: localPatterns([halve(luma)], parameters.patternsByPlace),
    gradients: gradientHistograms(small, parameters.gradients),
    histogram: intensityHistogram(small, parameters.histogram),
  };
}

type StainBlockName =
  | "hematoxylinPatterns"
  | "eosinScales"
  | "color"
  | "stainMoments"
  | "grains"
  | "coOccurrences";

/** Of a colored picture, which has no top and no sides: its stains, their structure and the size of its grains. */
function describeStains(picture: { colors: Colors; luma: Plane; small: Plane }): Blocks<StainBlockName> {
  const { colors, luma, small } = picture;
  const stains = separateStains(colors);
  const [hematoxylin, eosin] = stains;
  const { grains } = parameters;
  return {
    hematoxylinPatterns: localPatterns(pyramid(clip(hematoxylin)), parameters.patterns),
    eosinScales: contrastByScale(eosin, parameters.eosinScales),
    color: colorHistogram(colors, parameters.color),
    stainMoments: stainMoments(stains),
    grains: granulometry(resample(luma, grains.side, grains.side), grains),
    coOccurrences: coOccurrences(small, parameters.coOccurrences),
  };
}

function pyramid(plane: Plane): Plane[] {
  const half = halve(plane);
  return [plane, half, halve(half)];
}

function clip(plane: Plane): Plane {
  const data = new Float32Array(plane.data.length);
  for (let at = 0; at < data.length; at++) data[at] = Math.min(1, Math.max(0, plane.data[at]!));
  return { ...plane, data };
}

const noColor = { width: 1, height: 1, data: new Float32Array(1) };

type Parts = { texture: number[]; arrangement: number[]; stains: number[] };

function describeParts(raster: Raster): Parts {
  const { side, smallSide, percentiles, halfColored } = parameters;
  const shrink = (plane: Plane) => fitInside(plane, side);
  const channel = (index: number) => (raster.channels === 3 ? shrink(channelOf(raster, index)) : noColor);
  const colors: Colors = [channel(0), channel(1), channel(2)];
  const plain = raster.channels === 3 ? lumaOfColors(colors) : shrink(lumaOf(raster));
  const luma = stretch(plain, percentiles);
  const small = stretch(resample(plain, smallSide, smallSide), percentiles);
  const chroma = chromaOf(colors);
  const colored = chroma ** 2 / (chroma ** 2 + halfColored ** 2);
  return {
    texture: weigh(describeTexture(luma), 1),
    arrangement: weigh(describeArrangement(luma, small), Math.sqrt(1 - colored)),
    stains: weigh(describeStains({ colors, luma, small }), Math.sqrt(colored)),
  };
}

function describe(raster: Raster): Float32Array {
  const { texture, arrangement, stains } = describeParts(raster);
  return toUnitLength(Float32Array.from([...texture, ...arrangement, ...stains]));
}

function weigh(blocks: Partial<Blocks<BlockName>>, share: number): number[] {
  return (Object.entries(blocks) as [BlockName, Float32Array][]).flatMap(([name, values]) => {
    const weight = share * parameters.weights[name];
    return Array.from(values, (value) => weight * value);
  });
}

const smallest = describeParts({ width: 1, height: 1, channels: 1, data: new Uint8Array(1) });
const arrangementStart = smallest.texture.length;
const stainStart = arrangementStart + smallest.arrangement.length;

/**
 * Whether a vector of the built-in descriptor is of a picture that is more colored than gray, as stained tissue is: its stains are
 * longer than its arrangement.
 */
export function isColored(descriptor: Float32Array): boolean {
  const squares = (from: number, to: number) =>
    descriptor.subarray(from, to).reduce((sum, value) => sum + value * value, 0);
  return squares(stainStart, descriptor.length) > squares(arrangementStart, stainStart);
}

/**
 * The built-in image descriptor: texture of any picture; place, gradients and intensity of a gray one; stains and grains of a colored
 * one, by fixed formulas, no weights to load. How much a picture counts as colored is one smooth function of its chroma. It finds images
 * that look alike; it knows no anatomy and no disease. What of it matters in a library is fitted there (`fitSimilarity`).
 */
export const builtInDescriptor: ImageEmbedder = {
  id: `builtin-descriptor-${parameters.version}`,
  dimension: stainStart + smallest.stains.length,
  preprocessingHash: createHash("sha256").update(JSON.stringify(parameters)).digest("hex"),
  // Between what was measured for images of one kind from other sources and for other kinds: the table of docs/quality.md.
  unlikeBelow: 0.75,
  embed: (image) => describe(image.raster),
};
