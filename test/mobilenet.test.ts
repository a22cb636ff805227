import { describe, expect, it } from "vitest";
import { createImageEncoder } from "../src/models/index.ts";
import { drawPattern } from "./support/pattern.ts";
import { convertMobileNet, type MobileNet, noWeights } from "./support/tflite/mobilenet.ts";

/** The first 32 of the 8-bit numbers that LiteRT 2.3 gives the pattern with the original file. */
const original: Record<MobileNet, { dimension: number; numbers: readonly number[] }> = {
  "mobilenet-v1": {
    dimension: 1_024,
    numbers: [
      0, 0, 11, 4, 1, 0, 0, 59, 16, 0, 0, 3, 0, 41, 172, 48, 0, 0, 90, 0, 24, 19, 8, 9, 0, 0, 21, 11, 16, 8,
      6, 0,
    ],
  },
  "mobilenet-v2": {
    dimension: 1_280,
    numbers: [
      0, 48, 0, 19, 1, 12, 84, 6, 0, 29, 16, 0, 0, 1, 0, 0, 4, 0, 5, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 2, 0, 3,
    ],
  },
};

describe("a real MobileNet, converted from 8 bits to floats", () => {
  it.for(Object.entries(original))(
    "gives the vector of the original: %s",
    async ([name, { dimension, numbers }], { skip }) => {
      const folder = await convertMobileNet(name as MobileNet);
      if (folder === undefined) return skip(noWeights);
      await using encoder = await createImageEncoder({ source: `onnx:${folder}` });
      expect(encoder.dimension).toBe(dimension);
      expect(encoder.embedTexts).toBeUndefined();
      const [vector = new Float32Array()] = await encoder.embedImages([drawPattern(224, 224)]);
      const product = numbers.reduce((sum, value, at) => sum + value * (vector[at] ?? Number.NaN), 0);
      expect(
        product / Math.hypot(...numbers) / Math.hypot(...vector.subarray(0, numbers.length)),
      ).toBeGreaterThan(0.995);
    },
  );
});
