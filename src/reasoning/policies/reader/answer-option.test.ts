import { describe, expect, it } from "vitest";
import { makePassage } from "../../../../test/support/memory-library.ts";
import { answerOption } from "./answer-option.ts";

const passage = makePassage({ id: "trial", text: "Warfarin did increase bleeding." });

function choose(confidenceThreshold: number, texts: readonly string[]) {
  return answerOption({
    question: "Does warfarin increase bleeding?",
    options: texts.map((text, index) => ({ label: "ABC"[index]!, text })),
    cases: [],
    passages: [{ type: "passage", number: 1, query: "", score: 1, passage }],
    differential: [],
    confidenceThreshold,
  }).answer;
}

describe("the choice of an option", () => {
  it("is left open where the leading option is not sure enough", () => {
    expect(choose(0.4, ["yes", "no"])).toMatchObject({ abstained: true, choice: null });
  });

  it("is made in any case where the threshold is 0", () => {
    expect(choose(0, ["yes", "no"])).toMatchObject({ abstained: false, choice: "A" });
  });

  it("is left open at a tie even so, whatever comes first", () => {
    expect(choose(0, ["Aspirin", "Heparin"])).toMatchObject({ abstained: true, choice: null });
  });
});
