import { describe, expect, it } from "vitest";
import { findConflict, readStatement } from "./statement.ts";

const conflict = (claim: string, evidence: string, context = "") =>
  findConflict({
    claim: readStatement(claim),
    evidence: readStatement(evidence),
    context: readStatement(context),
    anyUnit: false,
  });

describe("a claim and evidence of the same words", () => {
  it.each([
    ["There is no effusion.", "There is a small effusion.", "denial"],
    ["There is an effusion.", "No effusion or pneumothorax.", "denial"],
    ["There is no effusion but a pneumothorax.", "There is no pneumothorax but an effusion.", "denial"],
    ["Aspirin does not reduce mortality.", "Aspirin reduces mortality.", "denial"],
    ["Aspirin increases mortality.", "Aspirin reduces mortality.", "denial"],
    ["The lesion is benign.", "The lesion is malignant.", "denial"],
    ["Effusion on the left.", "There is a right effusion.", "side"],
    ["Effusions are bilateral.", "There is a left effusion.", "side"],
    ["There is a left effusion.", "There is an effusion.", "side"],
    ["Left opacity and right effusion.", "Right opacity and left effusion.", "side"],
    ["The opacity is pneumonia.", "The opacity may represent pneumonia.", "certainty"],
    ["Thrombolysis is given.", "Thrombolysis is given if bleeding is excluded.", "certainty"],
    ["A dose of 50 mg.", "A dose of 5 mg.", "number"],
    ["Doxycycline is the first choice.", "Amoxicillin is the first choice.", "name"],
  ])("differ: %j, %j by %s", (claim, evidence, by) => {
    expect(conflict(claim, evidence)).toBe(by);
  });

  it.each([
    ["There is no effusion in the left base.", "The left base is free of effusion."],
    ["Neither effusion nor pneumothorax.", "No pneumothorax. No effusion."],
    ["The left lung shows an effusion.", "There are bilateral effusions in the lung."],
    ["Follow-up is not needed.", "Patients do not need follow-up."],
    ["The opacity may be pneumonia.", "The opacity may represent pneumonia."],
    ["Aspirin lowers mortality.", "Aspirin reduces mortality."],
    ["If left untreated it is fatal.", "It is fatal if untreated."],
    ["In adults without asthma, aspirin is safe.", "Aspirin is safe in adults without asthma."],
    ["Oedema of the lungs.", "Pulmonary edema."],
  ])("agree: %j, %j", (claim, evidence) => {
    expect(conflict(claim, evidence)).toBeNull();
  });

  it("take side and number from a heading too", () => {
    expect(conflict("The left kidney is small.", "It is small.", "Left kidney")).toBeNull();
    expect(conflict("The left kidney is small.", "It is small.", "Right kidney")).toBe("side");
  });
});
