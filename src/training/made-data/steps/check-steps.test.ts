import { describe, expect, it } from "vitest";
import { checkSteps } from "./check-steps.ts";

const findings =
  "The heart is mildly enlarged. There is a small left pleural effusion. A 4 mm nodule is seen in the right upper lobe. No pneumothorax. There may be early edema.";

function reasonOf(text: string, title = "Assess the lungs"): string | null {
  return checkSteps([{ title, text }], findings).faults[0]?.reason ?? null;
}

describe("the check of steps against a report", () => {
  it("lets pass what the report bears, in its words and nearly in its words", () => {
    for (const text of [
      "There is a small left pleural effusion.",
      "A small pleural effusion is seen on the left.",
      "The heart is enlarged mildly.",
      "There is no pneumothorax.",
      "A nodule of 4 mm is in the right upper lobe.",
    ]) {
      expect([text, reasonOf(text)]).toEqual([text, null]);
    }
  });

  it.each([
    ["There is a small right pleural effusion.", "conflict-side"],
    ["A 9 mm nodule is seen in the right upper lobe.", "conflict-number"],
    ["There is a pneumothorax.", "conflict-denial"],
    ["There is early edema.", "conflict-certainty"],
    ["There is a fracture of the third rib.", "unsupported"],
    ["There is a small left pleural effusion. The aorta is tortuous.", "unsupported"],
    ["There is XXXX effusion on the left.", "masked"],
    ["Please consult a radiologist.", "claims-nothing"],
    ["The heart is mildly enlarged.\n\nNo pneumothorax.", "step-misshapen"],
  ])("keeps %j apart as %s", (text, reason) => {
    expect(reasonOf(text)).toBe(reason);
  });

  it("keeps a title apart that names what the report does not", () => {
    expect(reasonOf("No pneumothorax.", "Rule out tuberculosis")).toBe("title-unsupported");
    expect(reasonOf("No pneumothorax.", "Check the pleura for pneumothorax")).toBeNull();
  });

  it("tells each step its own fault, and how much of the report is said", () => {
    const steps = [
      { title: "Assess the heart", text: "The heart is mildly enlarged." },
      { title: "Assess the pleura", text: "There is a small right pleural effusion." },
      { title: "Assess the lungs", text: "A 4 mm nodule is seen in the right upper lobe." },
    ];
    const { faults, coverage } = checkSteps(steps, findings);
    expect(faults.map((fault) => fault?.reason.split("-")[0] ?? null)).toEqual([null, "conflict", null]);
    expect(coverage).toBeCloseTo(2 / 5, 9);
  });
});
