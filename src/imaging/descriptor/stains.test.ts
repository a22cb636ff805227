import { describe, expect, it } from "vitest";
import type { Plane } from "./plane.ts";
import { separateStains, stainMoments } from "./stains.ts";

const plane = (sample: number): Plane => ({ width: 1, height: 1, data: Float32Array.of(sample) });

/** What is seen through a stain of this optical density in red, green and blue. */
function seenThrough(densities: readonly [number, number, number]): [Plane, Plane, Plane] {
  const [red, green, blue] = densities.map((density) => plane(256 * 10 ** -density - 1));
  return [red!, green!, blue!];
}

describe("color deconvolution", () => {
  it.each([
    ["hematoxylin", 0, [0.65, 0.704, 0.286]],
    ["eosin", 1, [0.072, 0.99, 0.105]],
  ] as const)("finds %s alone where there is nothing else", (_, index, [red, green, blue]) => {
    const amounts = separateStains(seenThrough([0.5 * red, 0.5 * green, 0.5 * blue]));
    for (const [at, { data }] of amounts.entries()) {
      expect(Math.abs(data[0]! - (at === index ? 0.5 : 0))).toBeLessThan(0.02);
    }
  });

  it("finds no stain in white", () => {
    const amounts = separateStains([plane(255), plane(255), plane(255)]);
    for (const { data } of amounts) expect(Math.abs(data[0]!)).toBeLessThan(1e-6);
  });

  it("tells how strong a stain is and how it spreads", () => {
    const even: Plane = { width: 4, height: 1, data: Float32Array.of(0.4, 0.4, 0.4, 0.4) };
    const spread: Plane = { ...even, data: Float32Array.of(0.1, 0.1, 0.1, 1.3) };
    const [mean, deviation] = stainMoments([even]);
    const [sameMean, moreDeviation, , skewness] = stainMoments([spread]);
    expect(mean).toBeGreaterThan(0.3);
    expect(deviation).toBeCloseTo(0, 5);
    expect(sameMean).toBeGreaterThan(0.2);
    expect(moreDeviation).toBeGreaterThan(0.2);
    expect(skewness).toBeGreaterThan(0.2);
  });
});
