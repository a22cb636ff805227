import { describe, expect, it } from "vitest";
import { rolloutSchema } from "../../exports/rollout-schema.ts";
import { testRollout } from "../../rollouts/test-rollout.ts";
import { makeReasonerRow } from "./reasoner-row.ts";
import { type ReasoningRow, readReasoningRow } from "./reasoning-row.ts";
import { summarizeReport, summarizeRollout } from "./summarizer-row.ts";

const reasoning = "Step 1: Assess the lungs\nThe lungs are clear.\n\nStep 2: Assess the pleura\nNo effusion.";
const row: ReasoningRow = readReasoningRow({
  ...{
    id: "r1",
    image_filename: "images/a.png",
    image_sha256: "aa",
    findings: "The lungs are clear. No effusion.",
  },
  ...{ impression: "Normal.", reasoning, patient_id: "p1", license: "CC0" },
})!;

/** A try at which the model thought aloud. */
function tryOf(text: string, correct: 0 | 1 | null) {
  return rolloutSchema.parse(testRollout({ transcript: { text, environment: [] }, correct }));
}

describe("a row for the reasoner", () => {
  it("goes from image and findings to the steps", () => {
    const [made] = makeReasonerRow(row).rows;
    expect(made?.fields).toMatchObject({
      ...{ image: "images/a.png", findings: row.findings, reasoning },
      steps: [
        { title: "Assess the lungs", text: "The lungs are clear." },
        { title: "Assess the pleura", text: "No effusion." },
      ],
    });
    expect(made?.images).toEqual(["aa"]);
  });
});

describe("a row for the summarizer", () => {
  it("goes from a report's steps to its impression", () => {
    const [made] = summarizeReport(row).rows;
    expect(made?.fields).toMatchObject({
      reasoning,
      judgement: "sound",
      answer: "Normal.",
      images: ["images/a.png"],
    });
  });

  it("is not made of a report without an impression, or with a masked one", () => {
    const reasons = ["", "XXXX normal."].map(
      (impression) => summarizeReport({ ...row, impression }).failures[0]?.reason,
    );
    expect(reasons).toEqual(["no-impression", "masked"]);
  });

  it("stands in the same split as the reasoner's row of the patient", () => {
    expect(summarizeReport({ ...row, id: "r2" }).rows[0]?.fields.split).toBe(
      makeReasonerRow(row).rows[0]?.fields.split,
    );
  });

  it("has the right answer also where the chain led to another", () => {
    const wrong = tryOf("<think>It is wide.</think><answer>B</answer>", 0);
    expect(summarizeRollout(wrong).rows[0]?.fields).toMatchObject({
      question: "Which sign?\nA. Blunted angle\nB. Wide mediastinum",
      ...{ reasoning: "It is wide.", judgement: "flawed", answer: "A. Blunted angle" },
    });
    const right = tryOf("<think>The angle is blunt.</think><answer>A</answer>", 1);
    expect(summarizeRollout(right).rows[0]?.fields.judgement).toBe("sound");
  });

  it("is not made without a thought, or where nobody knows what is right", () => {
    const reasons = [tryOf("<answer>A</answer>", 1), tryOf("<think>So.</think><answer>A</answer>", null)].map(
      (rollout) => summarizeRollout(rollout).failures[0]?.reason,
    );
    expect(reasons).toEqual(["no-thought", "answer-unknown"]);
  });
});
