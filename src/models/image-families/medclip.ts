import { clip } from "./clip.ts";
import type { ImageFamily } from "./family.ts";

const [mean, deviation] = [0.5862785803043838, 0.27950088968644304];

/**
 * MedCLIP (RyanWangZf/MedCLIP, MedCLIPFeatureExtractor; arXiv 2210.10163): gray, on a black square, 224 pixels. Its weights load wrongly
 * with newer versions of transformers, without a word: give an export a golden.json.
 */
export const medclip: ImageFamily = {
  ...clip,
  name: "medclip",
  models: /(^|[/_-])medclip/i,
  preprocessing: {
    gray: true,
    square: 224,
    resize: { width: 224, height: 224, interpolation: "bicubic" },
    rescale: 1 / 255,
    mean: [mean, mean, mean],
    deviation: [deviation, deviation, deviation],
  },
  text: { maxTokens: 77, padding: "longest" },
};
