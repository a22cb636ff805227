import type { TrainingSize } from "./training-size.ts";

/** One device of 80 GB, adapters alone (LoRA, arXiv 2106.09685). */
export const oneDevice: TrainingSize = {
  name: "lora-1",
  about: "one device of 80 GB, low-rank adapters",
  devices: 1,
  deviceGigabytes: 80,
  lora: { rank: 32, alpha: 64 },
  samplesAtOnce: 1,
  generatorShare: 0.4,
};
