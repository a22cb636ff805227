import { describe, expect, it } from "vitest";
import { averagePrecision } from "./average-precision.ts";

const judgments = new Map([
  ["a", 1],
  ["b", 2],
  ["c", 1],
  ["d", 0],
]);

describe("average precision", () => {
  it.each([
    { documents: ["a", "b", "c"], cutoff: 100, expected: 1 },
    // Relevant at ranks 1 and 3: 1/1 and 2/3; the third is not found.
    { documents: ["a", "d", "b"], cutoff: 100, expected: (1 + 2 / 3) / 3 },
    { documents: ["a", "d", "b"], cutoff: 2, expected: 1 / 3 },
    // Ranks 2 and 4: 1/2 and 2/4.
    { documents: ["x", "c", "y", "a"], cutoff: 100, expected: (0.5 + 0.5) / 3 },
    { documents: [], cutoff: 100, expected: 0 },
  ])("of $documents at $cutoff is $expected", ({ documents, cutoff, expected }) => {
    expect(averagePrecision.score({ documents, judgments, cutoff })).toBeCloseTo(expected, 12);
  });

  it("is 0 where no document is relevant", () => {
    expect(averagePrecision.score({ documents: ["a"], judgments: new Map(), cutoff: 10 })).toBe(0);
  });
});
