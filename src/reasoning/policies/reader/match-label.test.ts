import { describe, expect, it } from "vitest";
import { deniesItself } from "./denial.ts";
import type { LabelVote } from "./differential.ts";
import { matchLabel } from "./match-label.ts";

function match(option: string, ...labels: string[]) {
  const differential = labels.map((label): LabelVote => {
    return { label, probability: 0.5, interval: [0, 1], share: 0.5, known: 1, backing: 0.5 };
  });
  const found = matchLabel(option, differential);
  return found && [found.vote.label, found.denied];
}

describe("the label that an option speaks of", () => {
  it("is the one of the same words before the one that comes first", () => {
    expect(match("No tumor", "Tumor", "No tumor")).toEqual(["No tumor", false]);
    expect(match("carcinoma", "Squamous cell carcinoma", "Carcinoma")).toEqual(["Carcinoma", false]);
    expect(match("no_finding", "Finding", "No Finding")).toEqual(["No Finding", false]);
  });

  it.each([
    ["No tumor", "Tumor", true],
    ["Tumor", "No tumor", true],
    ["No evidence of a tumor", "No tumor", false],
    ["Tumor absent", "Tumor", true],
    ["Mass without edema", "Edema", true],
    ["No edema but a mass", "Mass", false],
    ["Left pleural effusion", "Pleural effusion", false],
    ["No effusion", "Pleural effusion", true],
  ])("%s is for or against %s (against: %s)", (option, label, denied) => {
    expect(match(option, label)).toEqual([label, denied]);
  });

  it("is none without shared words", () => {
    expect(match("Healthy mucosa", "No tumor")).toBeUndefined();
    expect(match("Carcinoma in situ", "Squamous cell carcinoma")).toBeUndefined();
    expect(match("", "Tumor")).toBeUndefined();
  });

  it("is that nothing was found only for an option that says so or the contrary", () => {
    expect(match("Normal", "Mass", "No finding")).toEqual(["No finding", false]);
    expect(match("Abnormal", "No finding")).toEqual(["No finding", true]);
    expect(match("An incidental finding", "No finding")).toBeUndefined();
  });
});

it("knows a label that denies what it names; that nothing was found denies none", () => {
  expect(["No tumor", "Without_tumor", "Tumor negative"].filter((name) => !deniesItself(name))).toEqual([]);
  expect(
    ["Nodule", "No finding", "Normal", "Nonspecific", "Non-small cell carcinoma"].filter(deniesItself),
  ).toEqual([]);
});
