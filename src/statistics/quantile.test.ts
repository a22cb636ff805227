import { describe, expect, it } from "vitest";
import { median, quantile } from "./quantile.ts";

describe("quantile", () => {
  it.each([
    [[1, 2, 3, 4], 0.25, 1.75],
    [[4, 3, 2, 1], 0.9, 3.7],
    [[10, 1, 2], 0, 1],
    [[10, 1, 2], 1, 10],
    [[7], 0.3, 7],
  ])("of %j at %f is %f (type 7)", (values, q, expected) => {
    expect(quantile(values, q)).toBeCloseTo(expected, 12);
  });

  it("orders numbers by value and leaves its input alone", () => {
    const values = [100, 9, 80];
    expect(median(values)).toBe(80);
    expect(values).toEqual([100, 9, 80]);
  });

  it("takes the mean of the middle two as median", () => {
    expect(median([1, 2, 3, 10])).toBe(2.5);
  });

  it.each([
    [[], 0.5],
    [[1, Number.NaN], 0.5],
    [[1, Infinity], 0.5],
    [[1], 1.1],
    [[1], Number.NaN],
  ])("refuses %j at %f", (values, q) => {
    expect(() => quantile(values, q)).toThrow(RangeError);
  });
});
