import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { imageFamilies } from "../image-families/list.ts";
import { type Preprocessing, preprocess } from "./preprocess.ts";

const asItIs = { rescale: 1, mean: [0, 0, 0], deviation: [1, 1, 1] } as const satisfies Preprocessing;
/** Samples 0, 1, 2, … */
function count(width: number, height: number, channels: 1 | 3) {
  return {
    width,
    height,
    channels,
    data: Uint8Array.from({ length: width * height * channels }, (_, at) => at),
  };
}

describe("preparing an image", () => {
  it("lays out planes of red, green and blue, and scales each by its own mean and deviation", () => {
    const { values } = preprocess(count(2, 1, 3), { rescale: 0.5, mean: [0, 1, 2], deviation: [1, 2, 4] });
    expect([...values]).toEqual([0, 1.5, -0.25, 0.5, -0.25, 0.125]);
    expect([...preprocess(count(2, 1, 1), asItIs).values]).toEqual([0, 1, 0, 1, 0, 1]);
  });

  it("cuts out the middle, half a pixel down or to the even one", () => {
    const middle = (side: number, half: "down" | "even") =>
      [...preprocess(count(side, 1, 1), { ...asItIs, crop: { width: 2, height: 1, half } }).values].slice(
        0,
        2,
      );
    expect(middle(4, "even")).toEqual([1, 2]);
    expect([middle(3, "down"), middle(3, "even")]).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect([middle(5, "down"), middle(5, "even")]).toEqual([
      [1, 2],
      [2, 3],
    ]);
  });

  it("fills with black what a crop or a square lacks", () => {
    const crop = { width: 4, height: 3, half: "down" } as const;
    expect([...preprocess(count(2, 1, 1), { ...asItIs, crop }).values].slice(0, 12)).toEqual([
      0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0,
    ]);
    const square = preprocess(count(2, 4, 1), { ...asItIs, square: 1 });
    expect([square.width, square.height]).toEqual([4, 4]);
    expect([...square.values].slice(0, 16)).toEqual([0, 0, 1, 0, 0, 2, 3, 0, 0, 4, 5, 0, 0, 6, 7, 0]);
  });

  it("makes gray by the weights of BT.601", () => {
    const colors = { width: 4, height: 1, channels: 3 as const, data: new Uint8Array(12) };
    colors.data.set([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]);
    const { values } = preprocess(colors, { ...asItIs, gray: true });
    expect([...values].slice(0, 4)).toEqual([76, 150, 29, 255]);
  });

  it("gives every family an input of its size for an image of any form, a line of pixels too", () => {
    const families = imageFamilies.flatMap(({ preprocessing }) => (preprocessing ? [preprocessing] : []));
    const size = fc.integer({ min: 1, max: 60 });
    const channels = fc.constantFrom<1 | 3>(1, 3);
    fc.assert(
      fc.property(
        size,
        size,
        channels,
        fc.constantFrom(...families),
        (width, height, depth, preprocessing) => {
          const { values, ...found } = preprocess(count(width, height, depth), preprocessing);
          expect(found.width).toBe(found.height);
          expect(values).toHaveLength(found.width ** 2 * 3);
          expect(values.every(Number.isFinite)).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
    const [clip] = families;
    const line = preprocess(count(16_384, 1, 3), clip ?? asItIs);
    expect([line.width, line.height]).toEqual([224, 224]);
  });
});
