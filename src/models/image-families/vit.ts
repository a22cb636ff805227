import type { ImageFamily } from "./family.ts";
import { symmetric } from "./pixel-scales.ts";

/**
 * Vision transformers without texts (model card of google/vit-base-patch16-224-in21k; arXiv 2010.11929). The class token, since the
 * layer after it is often untrained.
 */
export const vit: ImageFamily = {
  name: "vit",
  models: /(^|[/_-])vit([/_-]|$)/i,
  preprocessing: {
    resize: { width: 224, height: 224, interpolation: "bilinear" },
    rescale: 1 / 255,
    ...symmetric,
  },
  outputs: ["last_hidden_state"],
  pooling: "first-token",
};
