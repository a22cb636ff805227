import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAnswerSentences } from "./answer-sentences.ts";

const options = [
  { label: "A", text: "Cardiomegaly" },
  { label: "B", text: "Pleural effusion" },
];
const claims = (text: string) => readAnswerSentences(text, options).map((sentence) => sentence.claims);

describe("the sentences of an answer", () => {
  it("own the citations in them and directly behind them", () => {
    const text = "Fluid blunts the angle. [1][2] It hides [3] the diaphragm [4].";
    const found = readAnswerSentences(text);
    expect(found.map(({ cited }) => cited)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(found.map(({ start, end }) => text.slice(start, end))).toEqual([
      "Fluid blunts the angle.",
      "It hides [3] the diaphragm [4].",
    ]);
  });

  it("own a citation that begins their line", () => {
    expect(
      readAnswerSentences("Fluid blunts the angle.\n\n[2] Radiology of the chest.").map(({ cited }) => cited),
    ).toEqual([[], [2]]);
  });

  it.each([
    "Hello!",
    "Is there an effusion?",
    "I cannot tell.",
    "The size cannot be determined from this view.",
    "The passages do not mention the heart.",
    "There is no information about the dose.",
    "Let me look that up.",
    "The correct answer is B.",
    "B. Pleural effusion.",
    "The most likely answer is pleural effusion.",
    "Please consult a physician.",
    "Findings:",
    "References:",
    "[1]",
  ])("claim nothing in %j", (text) => {
    expect(claims(text).some(Boolean)).toBe(false);
  });

  it.each([
    "There is no effusion.",
    "The heart is not enlarged.",
    "The pleural effusion is large.",
    "Certainly, the effusion fills half of the left hemithorax and moves the heart.",
    "Impression: small effusion.",
    "I see a fracture of the rib.",
  ])("claim something in %j", (text) => {
    expect(claims(text)).toEqual([true]);
  });

  it("have exact offsets and lose no citation, whatever the text", () => {
    const word = fc.constantFrom(
      "Fluid",
      "no",
      "[1]",
      "[9, 2]",
      ".",
      "\n\n",
      "\n",
      "**",
      "[",
      "]",
      "?",
      "- ",
      "5 mg",
      "e.g.",
      "İ",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 30 }), (words) => {
        const text = words.join(" ");
        let last = 0;
        for (const { start, end } of readAnswerSentences(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeLessThanOrEqual(text.length);
          last = end;
        }
      }),
    );
  });
});
