import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitIsotonic, risingValue } from "./isotonic.ts";
import { createRandom } from "./random.ts";

const point = fc.record({
  x: fc.double({ min: 0, max: 1, noNaN: true }),
  y: fc.double({ min: 0, max: 1, noNaN: true }),
});

describe("isotonic regression", () => {
  it("pools what falls, as worked out by hand", () => {
    const points = [1, 2, 6, 2, 1, 8].map((y, index) => ({ x: index, y }));
    expect(fitIsotonic(points)).toEqual([
      { x: 0, y: 1 },
      { x: 1, y: 2 },
      { x: 2, y: 3 },
      { x: 4, y: 3 },
      { x: 5, y: 8 },
    ]);
  });

  it("takes equal places as one of their mean, whatever their order", () => {
    const points = [
      { x: 0.5, y: 1 },
      { x: 0.5, y: 0 },
      { x: 0.2, y: 0.4 },
    ];
    const fit = [
      { x: 0.2, y: 0.4 },
      { x: 0.5, y: 0.5 },
    ];
    expect(fitIsotonic(points)).toEqual(fit);
    expect(fitIsotonic(points.toReversed())).toEqual(fit);
  });

  it("goes straight between its places and stays as it is beyond them", () => {
    const fit = [
      { x: 0.2, y: 0.1 },
      { x: 0.6, y: 0.5 },
    ];
    expect([0, 0.2, 0.4, 0.6, 1].map((x) => risingValue(fit, x))).toEqual([
      0.1,
      0.1,
      expect.closeTo(0.3),
      0.5,
      0.5,
    ]);
  });

  it("finds how often answers are right where their confidence says twice as much", () => {
    const random = createRandom(3);
    const points = Array.from({ length: 5_000 }, () => {
      const x = random();
      return { x, y: random() < x / 2 ? 1 : 0 };
    });
    const fit = fitIsotonic(points);
    for (const x of [0.3, 0.5, 0.7]) expect(Math.abs(risingValue(fit, x) - x / 2)).toBeLessThan(0.06);
  });

  it("never falls, keeps the mean, and stays between the smallest and the largest value", () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 40 }), (points) => {
        const fit = fitIsotonic(points);
        const heights = fit.map(({ y }) => y);
        expect(heights).toEqual(heights.toSorted((a, b) => a - b));
        const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
        expect(mean(points.map(({ x }) => risingValue(fit, x)))).toBeCloseTo(
          mean(points.map(({ y }) => y)),
          8,
        );
        const ys = points.map(({ y }) => y);
        expect(heights[0]!).toBeGreaterThanOrEqual(Math.min(...ys) - 1e-9);
        expect(heights.at(-1)!).toBeLessThanOrEqual(Math.max(...ys) + 1e-9);
      }),
    );
  });

  it("refuses nothing, and numbers that are none", () => {
    expect(() => fitIsotonic([])).toThrow(RangeError);
    expect(() => fitIsotonic([{ x: Number.NaN, y: 0 }])).toThrow(RangeError);
  });
});
