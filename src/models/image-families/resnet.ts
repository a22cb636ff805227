import type { ImageFamily } from "./family.ts";
import { imageNet } from "./pixel-scales.ts";

/** ResNet (model card of microsoft/resnet-50; arXiv 1512.03385): the middle seven eighths of the image. */
export const resnet: ImageFamily = {
  name: "resnet",
  models: /resnet/i,
  preprocessing: {
    resize: { shortest: 256, interpolation: "bicubic" },
    crop: { width: 224, height: 224, half: "down" },
    rescale: 1 / 255,
    ...imageNet,
  },
  outputs: ["pooler_output", "last_hidden_state"],
  pooling: "mean",
};
