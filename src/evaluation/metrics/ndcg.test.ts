import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ndcg } from "./ndcg.ts";

const judgments = new Map([
  ["a", 3],
  ["b", 2],
  ["c", 1],
  ["d", 0],
]);

describe("nDCG", () => {
  it.each([
    { documents: ["a", "b", "c"], cutoff: 10, expected: 1 },
    // Gains 7, 3, 1 for grades 3, 2, 1; discounts 1, 1 / log2(3) = 0.630930, 1 / 2. Best: 7 + 1.892789 + 0.5 = 9.392789.
    // Found: d 0, c 0.630930, a 3.5.
    { documents: ["d", "c", "a"], cutoff: 10, expected: (0.63093 + 3.5) / 9.392789 },
    // The same, cut at rank 2; best: 7 + 1.892789.
    { documents: ["d", "c", "a"], cutoff: 2, expected: 0.63093 / 8.892789 },
    { documents: ["unknown", "a"], cutoff: 10, expected: (7 * 0.63093) / 9.392789 },
    { documents: [], cutoff: 10, expected: 0 },
  ])("of $documents at $cutoff is $expected", ({ documents, cutoff, expected }) => {
    expect(ndcg.score({ documents, judgments, cutoff })).toBeCloseTo(expected, 6);
  });

  it("does not reward a negative grade, nor punish it beyond its rank", () => {
    const graded = new Map([
      ["spam", -2],
      ["good", 1],
    ]);
    expect(ndcg.score({ documents: ["spam", "good"], judgments: graded, cutoff: 10 })).toBeCloseTo(
      0.63093,
      6,
    );
  });

  it("is 0 where no document is relevant", () => {
    expect(ndcg.score({ documents: ["a"], judgments: new Map([["a", 0]]), cutoff: 10 })).toBe(0);
  });

  it("is at most 1, whatever the order", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(["a", "b", "c", "d", "e"]),
        fc.integer({ min: 1, max: 6 }),
        (documents, cutoff) => {
          const score = ndcg.score({ documents, judgments, cutoff });
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
