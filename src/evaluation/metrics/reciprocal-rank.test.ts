import { describe, expect, it } from "vitest";
import { reciprocalRank } from "./reciprocal-rank.ts";

const judgments = new Map([
  ["a", 1],
  ["b", 2],
  ["c", 0],
]);

describe("reciprocal rank", () => {
  it.each([
    { documents: ["b", "a"], cutoff: 10, expected: 1 },
    { documents: ["c", "x", "a", "b"], cutoff: 10, expected: 1 / 3 },
    { documents: ["c", "x", "a"], cutoff: 2, expected: 0 },
    { documents: ["c"], cutoff: 10, expected: 0 },
    { documents: [], cutoff: 10, expected: 0 },
  ])("of $documents at $cutoff is $expected", ({ documents, cutoff, expected }) => {
    expect(reciprocalRank.score({ documents, judgments, cutoff })).toBe(expected);
  });
});
