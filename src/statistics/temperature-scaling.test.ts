import { describe, expect, it } from "vitest";
import { createRandom } from "./random.ts";
import { softmax } from "./softmax.ts";
import { fitTemperature, type OptionSample, scaleByTemperature } from "./temperature-scaling.ts";

/** Questions of four options whose right answer is drawn by the true probabilities, told sharper by `sharpness`. */
function simulate(count: number, sharpness: number): OptionSample[] {
  const random = createRandom(7);
  return Array.from({ length: count }, () => {
    const logits = Array.from({ length: 4 }, () => 3 * random());
    let left = random();
    const correct = softmax(logits).findIndex((probability) => {
      left -= probability;
      return left < 0;
    });
    const told = logits.map((logit) => logit * sharpness);
    return { probabilities: softmax(told), correct: correct < 0 ? 3 : correct };
  });
}

describe("temperature scaling", () => {
  it("finds the temperature that was worked out by hand", () => {
    // Told 0.9 and right in 3 of 4: 0.9^(1/T) : 0.1^(1/T) = 3 : 1, so T = ln 9 / ln 3 = 2.
    const samples = [0, 0, 0, 1].map((correct) => ({ probabilities: [0.9, 0.1], correct }));
    expect(fitTemperature(samples)).toBeCloseTo(2, 4);
    expect(scaleByTemperature([0.9, 0.1], 2)[0]).toBeCloseTo(0.75, 10);
  });

  it.each([0.5, 1, 2.5])("undoes probabilities that were sharpened by %f", (sharpness) => {
    expect(fitTemperature(simulate(4_000, sharpness)) / sharpness).toBeCloseTo(1, 1);
  });

  it("leaves probabilities as they are at 1, and their order at any temperature", () => {
    expect(scaleByTemperature([0.5, 0.3, 0.2], 1)).toEqual([0.5, 0.3, 0.2].map((one) => expect.closeTo(one)));
    const [first, second, third] = scaleByTemperature([0.5, 0.3, 0.2], 7);
    expect(first! > second! && second! > third!).toBe(true);
  });

  it("stays within its bounds where every answer is right, or none, and bears a probability of 0", () => {
    expect(fitTemperature([{ probabilities: [0.6, 0.4], correct: 0 }])).toBeCloseTo(0.05, 4);
    expect(fitTemperature([{ probabilities: [1, 0], correct: 1 }])).toBeCloseTo(20, 4);
  });

  it("refuses no samples, and a correct option that is not there", () => {
    expect(() => fitTemperature([])).toThrow(RangeError);
    expect(() => fitTemperature([{ probabilities: [0.5, 0.5], correct: 2 }])).toThrow(RangeError);
  });
});
