import type { TrainingSize } from "./training-size.ts";

/** The hardware of Med-RwR: 8 × H800 with 80 GB, all weights, gradients and optimizer sharded (ZeRO-2). */
export const eightDevices: TrainingSize = {
  name: "8x80",
  about: "eight devices of 80 GB, all weights",
  devices: 8,
  deviceGigabytes: 80,
  samplesAtOnce: 1,
  generatorShare: 0.35,
};
