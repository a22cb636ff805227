import { type ImageFamily, projected } from "./family.ts";
import { clipPixels } from "./pixel-scales.ts";

/** CLIP (openai/CLIP; arXiv 2103.00020): the middle of the image at 224 pixels, texts of 77 tokens. */
export const clip: ImageFamily = {
  name: "clip",
  models: /clip/i,
  preprocessing: {
    resize: { shortest: 224, interpolation: "bicubic" },
    crop: { width: 224, height: 224, half: "even" },
    rescale: 1 / 255,
    ...clipPixels,
  },
  outputs: projected,
  pooling: "first-token",
  text: { maxTokens: 77, padding: "longest" },
};
