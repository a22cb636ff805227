import { describe, expect, it } from "vitest";
import type { LabelVote } from "./differential.ts";
import { findAskedLabel, findNamedLabel, wantsVerdict } from "./judge-question.ts";

const vote = (label: string): LabelVote => {
  return { label, probability: 0.5, interval: [0, 1], share: 0.5, known: 1, backing: 0.5 };
};
const differential = [
  "Squamous cell carcinoma",
  "No tumor",
  "Steatosis",
  "Pneumonia",
  "Pleural effusion",
  "No finding",
].map(vote);
const ask = (question: string) => {
  const asked = findAskedLabel(question, differential);
  return asked && [asked.vote.label, asked.questionDenies];
};

describe("the label whose presence a question asks for", () => {
  it.each([
    ["Is cardiomegaly present, or pneumonia?", undefined],
    ["Are pleural effusions seen?", "Pleural effusion"],
    ["Is there a pericardial effusion?", undefined],
    ["Does the slide show evidence of steatosis?", "Steatosis"],
    ["Is the diagnosis squamous cell carcinoma?", "Squamous cell carcinoma"],
    [
      "A man with cough. Is there a large left pleural effusion on this view? Answer yes or no.",
      "Pleural effusion",
    ],
    ["On this film, is there pneumonia?", "Pneumonia"],
    ["Could this be pneumonia?", "Pneumonia"],
    ["Pneumonia?", "Pneumonia"],
    ["The image shows a pleural effusion.", "Pleural effusion"],
    ["Isn't there a pneumonia?", "Pneumonia"],
    ["Is there a tumor?", "No tumor"],
  ])("%s asks for %s", (question, label) => {
    expect(ask(question)).toEqual(label && [label, false]);
  });

  it.each([
    "Is there no pneumonia?",
    "Is pneumonia absent?",
    "Is pneumonia not seen?",
    "Can pneumonia be excluded?",
    "Can you rule out pneumonia?",
    "Does this image lack pneumonia?",
    "Is this lung free of pneumonia?",
    "Is there an absence of pneumonia?",
    "Is it true that there is no pneumonia?",
  ])("is denied by a yes to: %s", (question) => expect(ask(question)).toEqual(["Pneumonia", true]));

  it.each([
    "Does steatosis cause squamous cell carcinoma?",
    "Is squamous cell carcinoma malignant?",
    "Is the effusion due to pneumonia?",
    "Is this pneumonia severe?",
    "Has the pneumonia resolved?",
    "Is there a treatment for pneumonia?",
    "Is there anything other than pneumonia?",
    "Is there not a pneumonia?",
    "Can pneumonia not be excluded?",
    "Is it false that there is pneumonia?",
    "Is there steatosis without pneumonia?",
    "Why is there pneumonia?",
    "What findings are seen?",
    "",
  ])("is none where presence is not asked, or not plainly: %j", (question) =>
    expect(ask(question)).toBeUndefined(),
  );

  it.each([
    ["Is it normal?", false],
    ["Is this chest X-ray normal?", false],
    ["Are there no findings?", false],
    ["Is it abnormal?", true],
    ["Is there any abnormality?", true],
  ])("is that nothing was found for: %s", (question, denies) =>
    expect(ask(question)).toEqual(["No finding", denies]),
  );

  it("is not that nothing was found where a part alone is asked for", () => {
    expect(ask("Is the aorta normal?")).toBeUndefined();
  });
});

it("names the first label of the differential of which a text has all words", () => {
  expect(findNamedLabel("What supports a pleural effusion or pneumonia?", differential)?.label).toBe(
    "Pneumonia",
  );
  expect(findNamedLabel("What findings are seen?", differential)).toBeUndefined();
});

it("knows a question that wants a yes or a no, also behind what it tells first", () => {
  expect(["Is there edema?", "Cough. Isn't there edema?"].map(wantsVerdict)).toEqual([true, true]);
  expect(["Which edema is it?", "Can you describe the findings?"].map(wantsVerdict)).toEqual([false, false]);
});
