import { describe, expect, it } from "vitest";
import { placeOptions } from "./exam-question.ts";

describe("the place of the right answer", () => {
  const written = { question: "Q", answer: "right", distractors: ["x", "y", "z"], explanation: "E" };

  it("is any of the four, about as often, and holds the answer", () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 4_000; seed++) {
      const { options, label } = placeOptions(written, seed * 7_919);
      expect(options.find((option) => option.label === label)?.text).toBe("right");
      expect(options.map(({ text }) => text).sort()).toEqual(["right", "x", "y", "z"]);
      counts.set(label, (counts.get(label) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(["A", "B", "C", "D"]);
    // Five standard deviations of a binomial of 4,000 and a quarter.
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(140);
  });

  it("is the same for the same seed", () => {
    expect(placeOptions(written, 5)).toEqual(placeOptions(written, 5));
  });
});
