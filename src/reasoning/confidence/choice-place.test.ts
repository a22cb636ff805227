import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseChoice } from "#transcript";
import { findChoicePlace } from "./choice-place.ts";

const options = [
  { label: "A", text: "Pneumothorax" },
  { label: "B", text: "Embolism" },
  { label: "C-1", text: "No (other) finding" },
];

describe("the place of a choice", () => {
  it.each([
    ["B", 0],
    ["**B.** Embolism", 2],
    ["\n(B) Embolism", 2],
    ["A patient with dyspnea. The answer is B.", 38],
    ["Option B, since A is denied.", 7],
    ["Embolism (B)", 10],
    ["The final answer is: \\boxed{B}", 28],
    ["It is not A.\nB. Embolism", 13],
    ["The images fit an embolism.", 18],
    ["b", 0],
    ["C-1: nothing", 0],
  ])("of %j is %i", (answer, offset) => {
    const label = parseChoice(answer, options);
    const option = options.find((one) => one.label === label);
    expect(option).toBeDefined();
    expect(findChoicePlace(answer, option!)?.offset).toBe(offset);
  });

  it("is none where the choice stands nowhere", () => {
    expect(findChoicePlace("None of these.", options[1]!)).toBeUndefined();
    expect(findChoicePlace("", options[1]!)).toBeUndefined();
  });

  it("holds the label or the text for any answer and any label, in time", () => {
    const label = fc.string({ minLength: 1, maxLength: 8 }).filter((one) => one.trim() !== "");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string(), label, (before, after, name) => {
        const answer = `${before}${name}${after}`;
        const place = findChoicePlace(answer, { label: name, text: "Embolism" });
        if (place === undefined) return;
        const found = answer.slice(place.offset).toLowerCase();
        const wanted = (place.names === "labels" ? name.trim() : "Embolism").toLowerCase();
        expect(found.startsWith(wanted) || found.normalize().startsWith(wanted.normalize())).toBe(true);
      }),
    );
    const long = `answer ${"answer ".repeat(20_000)}`;
    const began = performance.now();
    findChoicePlace(long, options[1]!);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
