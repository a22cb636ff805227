import { describe, expect, it } from "vitest";
import { effectiveSampleSize } from "./effective-sample-size.ts";

describe("effectiveSampleSize", () => {
  it.each([
    [[1, 1, 1, 1], 4],
    [[3, 1], 1.6],
    [[5], 1],
    [[1, 0, 0], 1],
    [[], 0],
    [[0, 0], 0],
    [[1e300, 1e300], 2],
    [[1e-300, 1e-300], 2],
  ])("of %j is %f", (weights, expected) => {
    expect(effectiveSampleSize(weights)).toBeCloseTo(expected, 12);
  });

  it.each([[[-1, 2]], [[Number.NaN]], [[Infinity]]])("refuses %j", (weights) => {
    expect(() => effectiveSampleSize(weights)).toThrow(RangeError);
  });
});
