import type { ImageFamily } from "./family.ts";
import { imageNet } from "./pixel-scales.ts";

/** DINO and DINOv2 (model card of facebook/dinov2-base; arXiv 2304.07193), whose class token stands first. */
export const dino: ImageFamily = {
  name: "dino",
  models: /dino/i,
  preprocessing: {
    resize: { shortest: 256, interpolation: "bicubic" },
    crop: { width: 224, height: 224, half: "down" },
    rescale: 1 / 255,
    ...imageNet,
  },
  outputs: ["last_hidden_state"],
  pooling: "first-token",
};
