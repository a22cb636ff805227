import { describe, expect, it } from "vitest";
import { normalizeAnswer } from "./normalize-answer.ts";

describe("an answer without what does not count", () => {
  it.each([
    ["The left lung.", "left lung"],
    ["  A  Mass, of an organ! ", "mass of organ"],
    ["“T2-weighted”", "t2weighted"],
    ["0.5 cm.", "0.5 cm"],
    ["3-5", "35"],
    ["＜５", "<5"],
    ["< 5 cm", "<5 cm"],
    ["BMI ≥ 25", "bmi ≥25"],
    ["−1.5", "-1.5"],
    ["à droite", "à droite"],
    ["ça", "ça"],
    ["", ""],
    [" . ", "."],
  ])("of %j is %j", (text, normalized) => {
    expect(normalizeAnswer(text)).toBe(normalized);
  });

  it.each([
    ["+", "-"],
    ["A", "The"],
    ["< 5", "> 5"],
    ["-3", "3"],
  ])("tells %j from %j", (one, other) => {
    expect(normalizeAnswer(one)).not.toBe(normalizeAnswer(other));
  });

  it("stays as it is when it is done again", () => {
    for (const text of ["The a-n. swer", "+", "a an", "< -5"])
      expect(normalizeAnswer(normalizeAnswer(text))).toBe(normalizeAnswer(text));
  });
});
