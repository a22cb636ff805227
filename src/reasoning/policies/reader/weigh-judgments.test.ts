import { describe, expect, it } from "vitest";
import type { PassageEvidence } from "#contracts";
import { makePassage } from "../../../../test/support/memory-library.ts";
import { weighJudgments } from "./weigh-judgments.ts";

const question = "Does warfarin increase bleeding?";

function passage(text: string, id = "trial"): PassageEvidence {
  return { type: "passage", number: 1, query: "", score: 1, passage: makePassage({ id, text }) };
}

function weigh(texts: readonly PassageEvidence[], options = ["yes", "no", "maybe"]): number[] | undefined {
  const labeled = options.map((text, index) => ({ label: String(index), text }));
  return weighJudgments({ question, options: labeled, passages: texts });
}

describe("a yes or no by the sentences of a text", () => {
  it("is the one that most of the last three sentences about the subject say", () => {
    const affirming = weigh([
      passage("We studied warfarin. Warfarin increased bleeding. Bleeding was worse."),
    ]);
    const denying = weigh([
      passage("We studied warfarin. It did not increase. Bleeding did not differ. It rained."),
    ]);
    expect(affirming?.[0]).toBeCloseTo(11 / 19, 9);
    expect(affirming?.[1]).toBeCloseTo(8 / 19, 9);
    expect(denying?.[1]).toBeCloseTo(10 / 19, 9);
    expect(denying?.[2]).toBe(0);
  });

  it("is not asked of a text that covers less of the subject", () => {
    const about = passage("Warfarin did not increase bleeding. No bleeding with warfarin.", "about");
    const [yes = 0, no = 0] = weigh([passage("Bleeding was stopped by pressure.", "aside"), about]) ?? [];
    expect(no).toBeGreaterThan(yes);
  });

  it("shares its weight among options that say the same, and sums to no more than 1", () => {
    const text = passage("Warfarin did increase bleeding.");
    const [yes = 0, , again = 0] = weigh([text], ["yes", "no", "Yes."]) ?? [];
    expect(again).toBe(yes);
    expect(weigh([text], ["yes", "yes", "no"])?.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9);
  });

  it("is undefined where no option says yes or no, and where no text is about the subject", () => {
    expect(weigh([passage("Warfarin raised bleeding.")], ["Aspirin", "Heparin"])).toBeUndefined();
    expect(weigh([passage("It rained.")])).toBeUndefined();
    expect(weigh([])).toBeUndefined();
  });
});
