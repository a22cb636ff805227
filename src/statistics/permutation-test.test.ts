import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { permutationTest } from "./permutation-test.ts";
import { createRandom } from "./random.ts";

const forty = Array.from({ length: 40 }, (_, index) => Math.sin((index + 1) * 1.7) + 0.2);

describe("permutationTest", () => {
  // scipy.stats.permutation_test((d,), np.mean, permutation_type="samples", n_resamples=np.inf).pvalue
  it.each([
    [[1, 2, 3, 4, 5, 6], 0.03125],
    [[0.5, -0.25, 1, 0.75, 0, 0.125, -0.375, 0.625], 0.15625],
    [[0.1, 0.2, -0.3, 0.4], 0.625],
    [[1, -1, 2, -2], 1],
  ])("of %j has the exact p of SciPy, %f", (differences, expected) => {
    expect(permutationTest({ differences, random: createRandom(1) })).toEqual({
      pValue: expected,
      exact: true,
    });
  });

  it("draws assignments of signs where there are too many, and agrees with SciPy", () => {
    // d = np.sin(np.arange(1, 41) * 1.7) + 0.2; as above with n_resamples=1000000, rng=0, 1, 2: 0.0965, 0.0957, 0.0959.
    const found = permutationTest({ differences: forty, random: createRandom(1), resamples: 50_000 });
    expect(found.exact).toBe(false);
    expect(Math.abs(found.pValue - 0.096)).toBeLessThan(0.005);
  });

  it("is never 0 where assignments are drawn", () => {
    const differences = new Array<number>(60).fill(1);
    const { pValue } = permutationTest({ differences, random: createRandom(1), resamples: 99 });
    expect(pValue).toBe(0.01);
  });

  it("is 1 where nothing differs, or nothing was compared", () => {
    const none = { pValue: 1, exact: true };
    expect(permutationTest({ differences: new Array<number>(500).fill(0), random: createRandom(1) })).toEqual(
      none,
    );
    expect(permutationTest({ differences: [], random: createRandom(1) })).toEqual(none);
  });

  it("does not depend on which side is called first, nor on the unit", () => {
    const difference = fc
      .double({ min: -1, max: 1, noNaN: true })
      .map((value) => Math.round(value * 1000) / 1000);
    fc.assert(
      fc.property(fc.array(difference, { maxLength: 10 }), (differences) => {
        const { pValue } = permutationTest({ differences, random: createRandom(1) });
        expect(pValue).toBeGreaterThan(0);
        expect(pValue).toBeLessThanOrEqual(1);
        for (const factor of [-1, 1000]) {
          const scaled = differences.map((value) => value * factor);
          expect(permutationTest({ differences: scaled, random: createRandom(1) }).pValue).toBe(pValue);
        }
      }),
    );
  });

  it("refuses a difference that is not finite, and no resamples", () => {
    expect(() => permutationTest({ differences: [Number.NaN], random: createRandom(1) })).toThrow(RangeError);
    expect(() => permutationTest({ differences: forty, random: createRandom(1), resamples: 0 })).toThrow(
      RangeError,
    );
  });
});
