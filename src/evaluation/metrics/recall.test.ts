import { describe, expect, it } from "vitest";
import { recall } from "./recall.ts";

const judgments = new Map([
  ["a", 1],
  ["b", 2],
  ["c", 1],
  ["d", 0],
]);

describe("recall", () => {
  it.each([
    { documents: ["a", "d", "c"], cutoff: 10, expected: 2 / 3 },
    { documents: ["a", "d", "c"], cutoff: 2, expected: 1 / 3 },
    { documents: ["c", "b", "a"], cutoff: 3, expected: 1 },
    { documents: ["d", "unknown"], cutoff: 10, expected: 0 },
    { documents: [], cutoff: 10, expected: 0 },
  ])("of $documents at $cutoff is $expected", ({ documents, cutoff, expected }) => {
    expect(recall.score({ documents, judgments, cutoff })).toBeCloseTo(expected, 12);
  });

  it("is 0 where no document is relevant", () => {
    expect(recall.score({ documents: ["a"], judgments: new Map([["a", 0]]), cutoff: 10 })).toBe(0);
  });
});
