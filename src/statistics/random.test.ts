import { describe, expect, it } from "vitest";
import { createRandom } from "./random.ts";

describe("createRandom", () => {
  // Computed by a separate implementation of PractRand's sfc32 with integers of any size.
  it.each([
    [0, [1363572419, 145230303, 808754475, 4216505632]],
    [1, [2012149540, 1872316204, 1707632675, 1779833415]],
    [42, [1264412219, 1947509147, 3919439299, 1251167922]],
    [-1, [3339006752, 3678934910, 3081961671, 2370706465]],
    [Number.MAX_SAFE_INTEGER, [3268402823, 2602357022, 3266425223, 182731693]],
  ])("begins with the pinned values for seed %i", (seed, expected) => {
    const random = createRandom(seed);
    expect(expected.map(() => random() * 2 ** 32)).toEqual(expected);
  });

  it("fills [0, 1) evenly", () => {
    const random = createRandom(7);
    const bins = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 100_000; draw++) {
      const bin = Math.floor(random() * 10);
      bins[bin] = bins[bin]! + 1;
    }
    // 99.9 % point of chi-square with 9 degrees of freedom.
    expect(bins.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(27.88);
  });

  it.each([0.5, Number.NaN, Infinity, 2 ** 53])("refuses the seed %f", (seed) => {
    expect(() => createRandom(seed)).toThrow(RangeError);
  });
});
