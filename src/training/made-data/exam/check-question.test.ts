import { describe, expect, it } from "vitest";
import { checkQuestion } from "./check-question.ts";
import type { WrittenQuestion } from "./exam-question.ts";

const analysis = {
  background: "A chest radiograph of an adult with sudden shortness of breath.",
  observation: "There is a visceral pleural line with absent vascular markings beyond it on the left.",
  analysis: "Air in the pleural space separates the lung from the wall.",
  conclusion: "Left pneumothorax",
};
const written: WrittenQuestion = {
  question: "An adult has sudden shortness of breath. Which diagnosis does the chest radiograph support?",
  answer: "Left pneumothorax",
  distractors: ["Left pleural effusion", "Lobar pneumonia", "Pulmonary embolism"],
  explanation: "Air lies between lung and wall.",
};

function reasonOf(change: Partial<WrittenQuestion>, answer = "Pneumothorax"): string | null {
  return checkQuestion({ ...written, ...change }, { analysis, answer })?.reason ?? null;
}

describe("the check of an exam question", () => {
  it("lets a question pass that needs the image", () => {
    expect(reasonOf({})).toBeNull();
    expect(reasonOf({}, "yes")).toBeNull();
    expect(reasonOf({ answer: "No" }, "no")).toBeNull();
  });

  it.each<[string, Partial<WrittenQuestion>]>([
    ["reveals-answer", { question: "In which adults does a left pneumothorax develop suddenly?" }],
    ["reveals-answer", { question: "The image shows pneumothorax. On which side is it?" }],
    ["reveals-image", { question: "A pleural line with absent vascular markings is seen. What is it?" }],
    ["options-alike", { distractors: ["Left Pneumothorax.", "Lobar pneumonia"] }],
    ["options-alike", { distractors: ["Pneumothorax, left", "Lobar pneumonia"] }],
    ["options-alike", { distractors: ["…", "Lobar pneumonia"] }],
    ["option-refers", { distractors: ["All of the above", "Lobar pneumonia"] }],
    ["option-refers", { distractors: ["Both A and B", "Lobar pneumonia"] }],
    ["answer-not-concluded", { answer: "Aortic dissection" }],
  ])("keeps it apart as %s: %j", (reason, change) => {
    expect(reasonOf(change)).toBe(reason);
  });
});
