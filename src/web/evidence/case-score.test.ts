import { describe, expect, it } from "vitest";
import { fullScore, isLowScore, shortScore } from "./case-score.ts";

describe("the score of a case", () => {
  it("tells cases apart that look nearly the same, and reads 1.0 for the same image only", () => {
    expect([1, 0.9996, 0.9984, 0.29].map(shortScore)).toEqual(["1.0", ".999", ".998", ".290"]);
    expect([1, 0.9996, 0.29].map(fullScore)).toEqual(["1.000", "0.999", "0.290"]);
  });

  it("of a search by words keeps one decimal", () => {
    expect([11.25, -0.5].map(shortScore)).toEqual(["11.3", "-0.5"]);
  });

  it("is low below 0.6", () => {
    expect([0.6, 0.599, -0.2].map(isLowScore)).toEqual([false, true, true]);
  });
});
