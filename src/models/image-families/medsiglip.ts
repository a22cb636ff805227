import type { ImageFamily } from "./family.ts";
import { symmetric } from "./pixel-scales.ts";
import { siglip } from "./siglip.ts";

/** MedSigLIP (model card of google/medsiglip-448): SigLIP at 448 pixels, resized linearly. */
export const medsiglip: ImageFamily = {
  ...siglip,
  name: "medsiglip",
  models: /medsiglip/i,
  preprocessing: {
    resize: { width: 448, height: 448, interpolation: "bilinear" },
    rescale: 1 / 255,
    ...symmetric,
  },
};
