import { describe, expect, it } from "vitest";
import { calibrationError } from "./calibration-error.ts";
import { confidenceBin } from "./confidence-bin.ts";

describe("the expected calibration error", () => {
  it("is 0 where confidence is the share of correct answers, and their distance where it is not", () => {
    const told = (confidence: number, right: number) =>
      Array.from({ length: 4 }, (_, index) => ({ confidence, correct: index < right }));
    expect(calibrationError(told(0.75, 3))).toBeCloseTo(0, 12);
    expect(calibrationError(told(0.75, 1))).toBeCloseTo(0.5, 12);
    expect(calibrationError([...told(0.75, 3), ...told(1, 2)])).toBeCloseTo(0.25, 12);
  });

  it("takes a confidence between two bins into the lower one, as scikit-learn does", () => {
    const pair = (low: number, high: number) => [
      { confidence: low, correct: true },
      { confidence: high, correct: false },
    ];
    expect(calibrationError(pair(0.41, 0.6), 5)).toBeCloseTo(Math.abs(0.41 - 1 + 0.6) / 2, 12);
    expect(calibrationError(pair(0.6, 0.61), 5)).toBeCloseTo((0.4 + 0.61) / 2, 12);
    expect([0, 0.28, 0.2801, 1].map((confidence) => confidenceBin(confidence, 25))).toEqual([0, 6, 7, 24]);
  });

  it("does not let one bin make up for another", () => {
    const answers = [
      { confidence: 0.25, correct: true },
      { confidence: 0.75, correct: false },
    ];
    expect(calibrationError(answers)).toBeCloseTo(0.75, 12);
    expect(calibrationError(answers, 1)).toBeCloseTo(0, 12);
  });
});
