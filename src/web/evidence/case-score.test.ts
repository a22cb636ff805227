import { describe, expect, it } from "vitest";
import { fullScore, isUnlike, shortScore } from "./case-score.ts";

describe("the score of a case", () => {
  it("tells cases apart that look nearly the same, and reads 1.0 for the same image only", () => {
    expect([1, 0.9996, 0.9984, 0.29].map(shortScore)).toEqual(["1.0", ".999", ".998", ".290"]);
    expect([1, 0.9996, 0.29].map(fullScore)).toEqual(["1.000", "0.999", "0.290"]);
  });

  it("of a search by words keeps one decimal", () => {
    expect([11.25, -0.5].map(shortScore)).toEqual(["11.3", "−0.5"]);
  });
});

describe("a case", () => {
  it("is of another kind than the image where it is unlike it, whatever its score", () => {
    expect([0.75, 0.749, -0.2, undefined].map((likeness) => isUnlike({ likeness }))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
