import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRoundedVectors } from "./rounded-vectors.ts";

describe("vectors kept at a byte a number", () => {
  it("give the cosine of the vectors nearly", () => {
    const numbers = fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 300, maxLength: 300 });
    const toUnit = (values: number[]) => {
      const length = Math.hypot(...values) || 1;
      return Float32Array.from(values, (value) => value / length);
    };
    fc.assert(
      fc.property(numbers, numbers, (first, second) => {
        const [a, b] = [toUnit(first), toUnit(second)];
        const kept = createRoundedVectors();
        kept.add(toUnit([1]));
        kept.add(a);
        const exact = a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
        expect(Math.abs(kept.cosine(1, b) - exact)).toBeLessThan(0.02);
      }),
      { numRuns: 50 },
    );
  });

  it("give 0 for a vector of zeros, and never more than 1", () => {
    const kept = createRoundedVectors();
    kept.add(new Float32Array(3));
    kept.add(Float32Array.of(0.6, 0.8, 0));
    expect(kept.cosine(0, Float32Array.of(1, 0, 0))).toBe(0);
    expect(kept.cosine(1, Float32Array.of(0.6, 0.8, 0))).toBeLessThanOrEqual(1);
    expect(kept.cosine(1, Float32Array.of(0.6, 0.8, 0))).toBeCloseTo(1, 2);
  });
});
