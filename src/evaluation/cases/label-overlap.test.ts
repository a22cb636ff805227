import { describe, expect, it } from "vitest";
import { createLabelOverlap } from "./label-overlap.ts";

describe("createLabelOverlap", () => {
  const overlap = createLabelOverlap([
    { labels: ["a", "b"] },
    { labels: ["b", "a", "a"] },
    { labels: ["b", "c", "d"] },
    { labels: ["e"] },
    { labels: [] },
    { labels: [] },
  ]);

  it.each([
    { a: 0, b: 1, expected: 1, says: "1 for the same labels in another order" },
    { a: 0, b: 2, expected: 1 / 4, says: "the share of labels that both have" },
    { a: 2, b: 0, expected: 1 / 4, says: "the same from the other side" },
    { a: 0, b: 3, expected: 0, says: "0 where none is shared" },
    { a: 4, b: 5, expected: 0, says: "0 where neither has a label" },
  ])("is $says", ({ a, b, expected }) => {
    expect(overlap(a, b)).toBe(expected);
  });
});
