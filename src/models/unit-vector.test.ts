import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toUnitVector } from "./unit-vector.ts";

describe("a unit vector", () => {
  it("has length 1 and the direction of the numbers it was made of", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 }), (values) => {
        fc.pre(Math.hypot(...values) > 1e-20);
        const vector = toUnitVector(values, values.length);
        expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
        const length = Math.hypot(...values);
        for (const [at, value] of vector.entries()) expect(value).toBeCloseTo((values[at] ?? 0) / length, 6);
      }),
    );
  });

  it("comes of no hostile list: it is whole, or refused", () => {
    const hostile = fc.array(fc.oneof(fc.double(), fc.constantFrom(null, "1", undefined, Number.NaN, true)));
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 8 }), (values, dimension) => {
        try {
          const vector = toUnitVector(values, dimension);
          expect(vector).toHaveLength(dimension);
          expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
        } catch (error) {
          expect(error).toMatchObject({ code: "vector-invalid" });
        }
      }),
    );
  });
});
