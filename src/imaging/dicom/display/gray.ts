import type { DataSet } from "../data-set.ts";
import type { ImagePixel } from "../image-pixel.ts";
import type { Samples } from "../pixel-array.ts";
import { tags } from "../tags.ts";
import { readText } from "../values.ts";
import { applyModality, type Modality, readModality } from "./modality.ts";
import { storedValues } from "./stored-values.ts";
import { percentileRange } from "./value-range.ts";
import {
  applyValuesOfInterest,
  readValuesOfInterest,
  type ValuesOfInterest,
  type Window,
} from "./values-of-interest.ts";

/** A picture of 8 bits a sample, and sentences about how it was made of the stored values. */
export type DrawnFrame = { channels: 1 | 3; data: Uint8Array; steps: string[] };

export type GrayFrame = {
  data: Samples;
  image: ImagePixel;
  dataSet: DataSet;
  /** From 0. */
  index: number;
  /** Instead of what the file names. */
  window?: Window | undefined;
};

/**
 * Draws a gray frame in the order of PS3.4 N.2.1: modality, values of interest, polarity, 8 bits. MONOCHROME1 and the presentation shape
 * INVERSE say the same of an image (PS3.3 C.8.11.3.1.2): least is white.
 */
export function drawGray({ data, image, dataSet, index, window }: GrayFrame): DrawnFrame {
  const isSigned = image.type.startsWith("int");
  const modality = readModality(dataSet, index, isSigned);
  const stored = storedValues(data, image, dataSet);
  const named: ValuesOfInterest | null = window
    ? { type: "window", window, function: "LINEAR", count: 1 }
    : readValuesOfInterest(dataSet, index, isSigned);
  const interest = named ?? rangeOf(stored.histogram(), modality);
  const isInverted =
    image.photometric === "MONOCHROME1" || readText(dataSet, tags.presentationLutShape) === "INVERSE";
  const pixels = stored.draw((values) => {
    const shares = applyValuesOfInterest(applyModality(values, modality), interest);
    return quantize(isInverted ? invert(shares) : shares);
  });
  const steps = [
    describeModality(modality),
    describeInterest(interest, window !== undefined),
    describePolarity(isInverted, image),
  ];
  return { channels: 1, data: pixels, steps: steps.filter((step) => step !== "") };
}

function rangeOf(
  histogram: { values: Float64Array; counts: ArrayLike<number> },
  modality: Modality,
): ValuesOfInterest {
  return {
    type: "range",
    ...percentileRange({ ...histogram, values: applyModality(histogram.values, modality) }),
  };
}

/** Least white instead of black. */
function invert(shares: Float64Array): Float64Array {
  return shares.map((share) => 1 - share);
}

/** Shares of 0 to 1 as 0 to 255. What is no number becomes 0. */
function quantize(shares: Float64Array): Uint8Array {
  // A loop: `from` with a function takes ten times as long, which counts for every frame.
  const bytes = new Uint8Array(shares.length);
  for (let index = 0; index < shares.length; index++) bytes[index] = Math.round(shares[index]! * 255);
  return bytes;
}

function describeModality(modality: Modality): string {
  if (modality.type === "none") return "";
  if (modality.type === "table") return "modality lookup table applied";
  const { slope, intercept } = modality;
  return `stored values times ${round(slope)} plus ${round(intercept)}`;
}

function describeInterest(interest: ValuesOfInterest, isAsked: boolean): string {
  if (interest.type === "table") return "values-of-interest lookup table of the file applied";
  if (interest.type === "range") {
    return `no window in the file: percentiles 1 to 99 shown, ${round(interest.lowest)} to ${round(interest.highest)}`;
  }
  const { window, count } = interest;
  const shape = interest.function === "LINEAR" ? "" : `, ${interest.function}`;
  const source = isAsked ? "as asked" : count > 1 ? `first of ${count} in the file` : "from the file";
  return `window center ${round(window.center)}, width ${round(window.width)}${shape}, ${source}`;
}

function describePolarity(isInverted: boolean, { photometric }: ImagePixel): string {
  return isInverted
    ? `${photometric === "MONOCHROME1" ? photometric : "presentation shape INVERSE"}: inverted, least is white`
    : "";
}

function round(value: number): string {
  return String(Number(value.toPrecision(6)));
}
