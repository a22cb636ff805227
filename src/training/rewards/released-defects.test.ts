import { describe, expect, it } from "vitest";
import { writeTranscript } from "../../../test/support/worked-cases.ts";
import { accuracy } from "./components/accuracy.ts";
import { confidenceGain, confidenceGainPrinted } from "./components/confidence-gain.ts";
import { format } from "./components/format.ts";
import { formatWithRetrieval } from "./components/format-with-retrieval.ts";
import { querySemantics } from "./components/query-semantics.ts";
import { goldEntities } from "./gold.ts";
import { findRewardProfile } from "./profiles/find-reward-profile.ts";
import { rewardProfiles } from "./profiles/list.ts";
import { readTrajectory } from "./read-trajectory.ts";
import { scoreTrajectories } from "./score.ts";
import type { Trajectory } from "./trajectory.ts";

const options = [
  { label: "A", text: "Pneumonia" },
  { label: "B", text: "Pulmonary embolism" },
];
const noGold = { aliases: [], entities: [], sources: [] };

function makeTrajectory(written: string, given: Partial<Trajectory> = {}): Trajectory {
  return {
    id: "one",
    question: "What does the scan show?",
    options,
    gold: { label: "B", ...noGold },
    transcript: writeTranscript(written),
    retrieved: [],
    images: 1,
    measured: {},
    ...given,
  };
}
const read = (written: string, given?: Partial<Trajectory>) => readTrajectory(makeTrajectory(written, given));
const searched = 'think · ask "embolism" · find "None" · think · answer "B"';

describe("the defects of Med-RwR's released rewards", () => {
  it.each([
    ["B", { A: -1, B: -1 }, { A: -2, B: -0.1 }],
    ["b", { A: -1, B: -1 }, { A: -2, B: -0.1 }],
    ["B", { a: -1, b: -1 }, { a: -2, b: -0.1 }],
  ])(
    "1: confidence that rises is a gain and one that falls a loss, with the letter %s of %j",
    (label, low, high) => {
      const gold = { ...noGold, label };
      for (const reward of [confidenceGain, confidenceGainPrinted]) {
        const rising = read(searched, { gold, measured: { optionsBefore: low, optionsAfter: high } });
        const falling = read(searched, { gold, measured: { optionsBefore: high, optionsAfter: low } });
        expect(reward.read(rising).value).toBeGreaterThan(0);
        expect(reward.read(falling).value).toBeLessThan(0);
      }
    },
  );

  it("1: a gain is one whether the answer is right or wrong", () => {
    const measured = { optionsBefore: { A: -1, B: -1 }, optionsAfter: { A: -2, B: -0.1 } };
    const wrong = read(searched.replace('"B"', '"A"'), { measured });
    expect(confidenceGain.read(wrong).value).toBeGreaterThan(0);
  });

  it("2: a block in the completion that holds what is right pays", () => {
    const found = read('think · ask "x1" · find "An embolism of the pulmonary artery." · answer "B"');
    const nothing = read('think · ask "x1" · find "None" · answer "B"');
    expect(querySemantics.read(nothing).value).toBe(0);
    expect(querySemantics.read(found).value).toBeGreaterThan(0);
  });

  it("3: the right answer is whole where it is written as letter and text", () => {
    const gold = { ...noGold, text: "B. Pulmonary embolism" };
    const whole = goldEntities(read("think", { gold: { ...noGold, text: "Pulmonary embolism" } }));
    expect(whole.size).toBe(2);
    expect(goldEntities(read("think", { gold }))).toEqual(whole);
    expect(goldEntities(read("think", { gold, options: [] }))).toEqual(whole);
  });

  it.each([
    "K < 3.5 and EF > 55%",
    "p<0.05 and p<0.001",
    "<p>A <b>bold</b> claim</p>",
    "=word> <word",
    "</retrieve></think><answer>A</answer><query>",
    "\n\n\n\n",
  ])("4: a passage with %j costs no format", (passage) => {
    const trajectory = read(`think · ask "embolism" · find "${passage}" · think · answer "B"`);
    expect(format.read(trajectory).value).toBe(1);
    expect(formatWithRetrieval.read(trajectory).value).toBe(2);
    expect(trajectory.choice?.label).toBe("B");
  });

  it("4: a thought with K < 3.5 costs no format either", () => {
    expect(format.read(read('think "K < 3.5, EF > 55%" · answer "B"')).value).toBe(1);
  });

  it("5: there is no gain without a baseline that was measured apart", () => {
    const { value, reason } = confidenceGain.read(
      read(searched, { measured: { optionsAfter: { B: -0.1 } } }),
    );
    expect(value).toBeNull();
    expect(reason).toMatch(/before/);
  });

  it.each(rewardProfiles)("6: $name scores what has nothing but a transcript", (profile) => {
    const [score] = scoreTrajectories(profile, [makeTrajectory(searched, { options: [], gold: noGold })]);
    expect(score?.flags).not.toContain("reward-failed");
    expect(score?.flags).not.toContain("trajectory-unreadable");
  });

  it("7: without a service for images their reward does not apply, is flagged, and the others pay", () => {
    const [score] = scoreTrajectories(findRewardProfile("med-rwr-stage2"), [makeTrajectory(searched)]);
    expect(score?.components["query-image-similarity"]).toMatchObject({ value: null, applicable: false });
    expect(score?.flags).toContain("image-similarity-missing");
    expect(score?.total).toBeGreaterThan(6);
  });

  it("9: an answer of several lines is read", () => {
    expect(accuracy.read(read('think · answer "⏎It shows a defect.⏎⏎B⏎"')).value).toBe(1);
  });

  it("10: the answer behind an invented block is flagged and not paid", () => {
    const written = 'think · ask "embolism" · find "None" · think · ask "defect" · invent "B" · answer "B"';
    const [score] = scoreTrajectories(findRewardProfile("med-rwr-stage2"), [makeTrajectory(written)]);
    expect(score?.flags).toContain("fabricated-retrieval");
    expect(score?.components.accuracy?.value).toBe(0);
    expect(score?.components["format-with-retrieval"]?.value).toBe(0);
  });

  it("11: a right answer that is short costs nothing unless a weight says so", () => {
    const short = [makeTrajectory('think · answer "B"')];
    const [plain] = scoreTrajectories(findRewardProfile("med-rwr-stage2"), short);
    const [weighed] = scoreTrajectories(findRewardProfile("med-rwr-stage2", { length: 1 }), short);
    expect(plain?.components.length).toMatchObject({ value: -1, weight: 0 });
    expect(plain?.total).toBe(6);
    expect(weighed?.total).toBe(5);
  });

  it("12: of a question without image the image's reward does not apply", () => {
    const [score] = scoreTrajectories(findRewardProfile("med-rwr-stage2"), [
      makeTrajectory(searched, { images: 0 }),
    ]);
    expect(score?.components["query-image-similarity"]?.value).toBeNull();
    expect(score?.flags).toEqual([]);
    expect(score?.total).toBeGreaterThan(6);
  });

  it.each(["B", "B.", "B)", "(B)", "B:", "**B**", "Option B", "b", "B. Pulmonary embolism"])(
    "13: %s is B, with options and without",
    (answer) => {
      const written = `think · answer "${answer}"`;
      expect(accuracy.read(read(written)).value).toBe(1);
      expect(accuracy.read(read(written, { options: [] })).value).toBe(1);
    },
  );
});
