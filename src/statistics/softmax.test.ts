import { describe, expect, it } from "vitest";
import { softmax } from "./softmax.ts";

describe("softmax", () => {
  it("gives the probabilities of small logits", () => {
    const probabilities = softmax([Math.log(1), Math.log(2), Math.log(5)]);
    expect(probabilities.map((value) => Number(value.toFixed(12)))).toEqual([0.125, 0.25, 0.625]);
  });

  it("is stable for huge logits", () => {
    expect(softmax([10_000, 10_000])).toEqual([0.5, 0.5]);
    expect(softmax([-10_000, 0])).toEqual([0, 1]);
  });

  it("sharpens at a low and flattens at a high temperature", () => {
    expect(softmax([0, 1], 0.1)[1]).toBeCloseTo(1 / (1 + Math.exp(-10)), 12);
    expect(softmax([0, 1], 10)[1]).toBeCloseTo(1 / (1 + Math.exp(-0.1)), 12);
  });

  it("gives nothing for nothing and 0 for a masked logit", () => {
    expect(softmax([])).toEqual([]);
    expect(softmax([-Infinity, 3])).toEqual([0, 1]);
  });

  it.each([
    [[Number.NaN], 1],
    [[Infinity, 0], 1],
    [[-Infinity], 1],
    [[1], 0],
    [[1], Number.NaN],
    [[], -1],
  ])("refuses %j at temperature %f", (logits, temperature) => {
    expect(() => softmax(logits, temperature)).toThrow(RangeError);
  });
});
