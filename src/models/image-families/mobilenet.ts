import type { ImageFamily } from "./family.ts";
import { symmetric } from "./pixel-scales.ts";

/** MobileNet v1 and v2 (model cards of google/mobilenet_v1_1.0_224 and google/mobilenet_v2_1.0_224; arXiv 1704.04861). */
export const mobilenet: ImageFamily = {
  name: "mobilenet",
  models: /mobilenet/i,
  preprocessing: {
    resize: { shortest: 256, interpolation: "bilinear" },
    crop: { width: 224, height: 224, half: "down" },
    rescale: 1 / 255,
    ...symmetric,
  },
  outputs: ["pooler_output", "last_hidden_state"],
  pooling: "mean",
};
