import { createHash } from "node:crypto";
import { bytesOf, type Samples } from "./pixel-array.ts";

/** Of an uninterpreted pixel array, all frames. */
export type PixelStatistics = {
  min: number;
  max: number;
  mean: number;
  /** SHA-256 (hex) of the array's little-endian bytes. */
  sha256: string;
};

/** Gathers statistics frame by frame, so that no more than one need be held. */
export function createPixelStatistics(): { add: (samples: Samples) => void; read: () => PixelStatistics } {
  const hash = createHash("sha256");
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let sum = 0;
  let count = 0;
  return {
    add: (samples) => {
      hash.update(bytesOf(samples));
      for (let index = 0; index < samples.length; index++) {
        const value = samples[index]!;
        if (value < min) min = value;
        if (value > max) max = value;
        sum += value;
      }
      count += samples.length;
    },
    read: () => ({ min, max, mean: sum / count, sha256: hash.digest("hex") }),
  };
}
