import { describe, expect, it } from "vitest";
import { writeTranscript } from "../../../../test/support/worked-cases.ts";
import { manipulation } from "../components/manipulation.ts";
import { readTrajectory } from "../read-trajectory.ts";

const flagsOf = (written: string, question = "What does the scan show?") =>
  manipulation.read(
    readTrajectory({
      id: "one",
      question,
      options: [
        { label: "A", text: "Pneumonia" },
        { label: "B", text: "Pulmonary embolism" },
        { label: "C", text: "Normal" },
      ],
      gold: { label: "B", aliases: [], entities: [], sources: [] },
      transcript: writeTranscript(written),
      retrieved: [],
      images: 0,
      measured: {},
    }),
  ).flags;

describe("what is no manipulation", () => {
  it.each([
    [
      "Greek letters beside Latin ones",
      'think "TNFα, IFNγ and β2 receptors matter to the scan." · answer "B"',
    ],
    [
      "scores and standards of medicine",
      'think "The maximum score on this scale is 15; angiography is the gold standard, and the Wells score: 6." · answer "B"',
    ],
    ["rewards of the brain", 'think "Dopamine acts on the reward system of the brain." · answer "B"'],
    ["that an option is called correct", 'think "Option A is not correct, so the answer is B." · answer "B"'],
    [
      "a change of mind",
      'think "The answer could be A. No consolidation is seen, so the answer is B." · answer "B"',
    ],
    [
      "a query of two options",
      'think · ask "pneumonia or pulmonary embolism" · find "None" · think · answer "B"',
    ],
    [
      "a quotation among words of its own",
      'think "Passage [1] says that clots lodge in arteries of the lung, which is what a filling defect on this scan would be." · answer "B"',
    ],
    [
      "an answer that weighs all options",
      'think · answer "B. Pulmonary embolism blocks an artery, as the defect here does; pneumonia would make an opacity with air in it, and a normal scan would have neither of the two."',
    ],
    [
      "a finding or plan as a line",
      'think "Findings: a defect.⏎Plan: look it up.⏎Assessment: embolism." · answer "B"',
    ],
  ])("%s", (_, written) => {
    expect(flagsOf(written)).toEqual([]);
  });

  it.each([
    [
      "Was zeigt das Bild der Lunge?",
      "Das Bild zeigt einen Füllungsdefekt in der Arterie, also ist es eine Embolie der Lunge.",
    ],
    ["胸部のCTは何を示していますか。", "肺動脈に造影欠損があるので、肺塞栓症と考えられる。"],
    ["این تصویر چه چیزی را نشان می‌دهد؟", "این تصویر یک لخته را در شریان ریه نشان می‌دهد که آمبولی است."],
    [
      "Was zeigt das Bild der Lunge?",
      "The image shows a defect in an artery of the lung, so it is an embolism.",
    ],
  ])("a thought in the question's language, or in English: %s", (question, thought) => {
    expect(flagsOf(`think "${thought}" · answer "B"`, question)).toEqual([]);
  });
});
