import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { imageKinds } from "#contracts";
import { drawPhotograph } from "../../../test/support/draw-photograph.ts";
import { decodeImage } from "../decode.ts";
import type { Raster } from "../raster.ts";
import { classifyImageKind } from "./classify-image-kind.ts";

function draw(channels: 1 | 3, value: (x: number, y: number, channel: number) => number, side = 200): Raster {
  const data = Uint8Array.from({ length: side * side * channels }, (_, index) => {
    const cell = Math.floor(index / channels);
    return value(cell % side, Math.floor(cell / side), index % channels);
  });
  return { width: side, height: side, channels, data };
}

describe("what an image is", () => {
  it.each([
    ["a black image", draw(1, () => 0)],
    ["a white image", draw(3, () => 255)],
    [
      "noise",
      draw(3, (x, y, channel) => (x * 7919 + y * 104_729 + channel * 1_299_709 + ((x * y) % 97) * 31) % 256),
    ],
    ["a gradient", draw(1, (x, y) => (x + y) / 2)],
    ["a chessboard", draw(1, (x, y) => (((x >> 4) + (y >> 4)) % 2 ? 255 : 0))],
  ])("is no medical image for %s", (_, raster) => {
    expect(classifyImageKind(raster).name).toBe("other");
  });

  it.each([false, true])("is no medical image for a photograph of a cat (gray: %s)", async (gray) => {
    const { raster } = await decodeImage(await drawPhotograph({ gray }), { name: "cat.jpg" });
    const { name, probability, probabilities } = classifyImageKind(raster);
    expect(name).toBe("other");
    expect(probability).toBeGreaterThan(0.9);
    expect(probabilities["chest-frontal"] + probabilities["chest-lateral"]).toBeLessThan(0.1);
  });

  it("is what the file says, before the picture is asked", () => {
    const black = draw(1, () => 0);
    expect(classifyImageKind(black, { modality: "CT" })).toMatchObject({
      name: "cross-section",
      probability: 1,
    });
    const radiograph = classifyImageKind(black, { modality: "CR" });
    expect(radiograph.name).toBe("radiograph");
  });

  it("has probabilities for every kind that add up to 1, whatever the pixels are", () => {
    const raster = fc
      .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.constantFrom<1 | 3>(1, 3))
      .chain(([width, height, channels]) => {
        const length = width * height * channels;
        return fc
          .uint8Array({ minLength: length, maxLength: length })
          .map((data): Raster => ({ width, height, channels, data }));
      });
    fc.assert(
      fc.property(raster, (drawn) => {
        const { probabilities, probability } = classifyImageKind(drawn);
        const sum = imageKinds.reduce((total, kind) => total + probabilities[kind], 0);
        expect(sum).toBeCloseTo(1, 6);
        expect(probability).toBeGreaterThan(0);
        expect(probability).toBeLessThanOrEqual(1);
      }),
      { numRuns: 40 },
    );
  });
});
