import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wilsonInterval } from "./wilson-interval.ts";

describe("wilsonInterval", () => {
  it.each([
    [0, 10, 0, 0.277533],
    [5, 10, 0.236593, 0.763407],
    [10, 10, 0.722467, 1],
    // Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I: 81/263, 15/148, 0/20, 1/29.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("gives the published interval of %i of %i", (successes, sampleSize, low, high) => {
    const interval = wilsonInterval({ proportion: successes / sampleSize, sampleSize });
    expect(interval[0]).toBeCloseTo(low, 4);
    expect(interval[1]).toBeCloseTo(high, 4);
  });

  it("takes a fractional effective size", () => {
    const [low, high] = wilsonInterval({ proportion: 0.3, sampleSize: 4.5 });
    expect(low).toBeCloseTo(0.067769, 6);
    expect(high).toBeCloseTo(0.716441, 6);
  });

  it("is wider at a higher level", () => {
    const [low, high] = wilsonInterval({ proportion: 0.5, sampleSize: 10, level: 0.99 });
    expect(low).toBeCloseTo(0.184226, 6);
    expect(high).toBeCloseTo(0.815774, 6);
  });

  it("knows nothing without a sample", () => {
    expect(wilsonInterval({ proportion: 0.5, sampleSize: 0 })).toEqual([0, 1]);
    expect(wilsonInterval({ proportion: Number.NaN, sampleSize: 0 })).toEqual([0, 1]);
  });

  it.each([
    { proportion: Number.NaN, sampleSize: 10 },
    { proportion: 1.01, sampleSize: 10 },
    { proportion: -0.01, sampleSize: 10 },
    { proportion: 0.5, sampleSize: -1 },
    { proportion: 0.5, sampleSize: Number.NaN },
    { proportion: 0.5, sampleSize: Infinity },
    { proportion: 0.5, sampleSize: 10, level: 1 },
    { proportion: 0.5, sampleSize: 10, level: Number.NaN },
  ])("refuses %j", (input) => {
    expect(() => wilsonInterval(input)).toThrow(RangeError);
  });

  it("holds the proportion and stays within 0..1", () => {
    const input = fc.record({
      proportion: fc.double({ min: 0, max: 1, noNaN: true }),
      sampleSize: fc.double({ min: 0, max: 1e12, noNaN: true }),
    });
    fc.assert(
      fc.property(input, (sample) => {
        const [low, high] = wilsonInterval(sample);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(sample.proportion + 1e-12);
        expect(high).toBeGreaterThanOrEqual(sample.proportion - 1e-12);
      }),
    );
  });
});
