import { type ImageFamily, projected } from "./family.ts";
import { symmetric } from "./pixel-scales.ts";

/** SigLIP (model card of google/siglip-base-patch16-224; arXiv 2303.15343): the image stretched, texts filled up to 64 tokens. */
export const siglip: ImageFamily = {
  name: "siglip",
  models: /siglip/i,
  preprocessing: {
    resize: { width: 224, height: 224, interpolation: "bicubic" },
    rescale: 1 / 255,
    ...symmetric,
  },
  outputs: projected,
  pooling: "first-token",
  text: { maxTokens: 64, padding: "full" },
};
