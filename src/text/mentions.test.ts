import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findMentions } from "./mentions.ts";

const statuses = (text: string, phrase: string) =>
  findMentions(text, phrase).map((mention) => mention.status);

describe("findMentions", () => {
  it.each([
    ["There is a small right pneumothorax.", "pneumothorax", "present"],
    ["No pneumothorax.", "pneumothorax", "absent"],
    ["No focal consolidation, pleural effusion, or pneumothorax.", "pneumothorax", "absent"],
    ["No focal consolidation, large pleural effusion, or pneumothorax.", "pleural effusion", "absent"],
    ["There is no evidence of pneumothorax.", "pneumothorax", "absent"],
    ["No pneumothorax is seen.", "pneumothorax", "absent"],
    ["Pneumothorax is not seen.", "pneumothorax", "absent"],
    ["Effusion, consolidation, and pneumothorax are not identified.", "effusion", "absent"],
    ["Cardiomegaly, pneumothorax is not seen.", "cardiomegaly", "present"],
    ["The lungs are clear without effusions.", "effusion", "absent"],
    ["Negative for acute fracture.", "fracture", "absent"],
    ["Lungs are free of focal infiltrate.", "infiltrate", "absent"],
    ["The patient denies chest pain.", "chest pain", "absent"],
    ["Pneumonia has been ruled out.", "pneumonia", "absent"],
    ["Pneumonia is unlikely.", "pneumonia", "absent"],
    ["The effusion has resolved.", "effusion", "absent"],
    ["The nodule is no longer seen.", "nodule", "absent"],
    ["Pneumothorax: none.", "pneumothorax", "absent"],
    ["The film does not demonstrate pneumothorax.", "pneumothorax", "absent"],
    ["There is no focal opacity to suggest pneumonia.", "pneumonia", "absent"],
    ["This is not pneumonia.", "pneumonia", "absent"],
    ["The film doesn’t show\npneumonia.", "pneumonia", "absent"],
    ["Neither effusion nor pneumothorax.", "pneumothorax", "absent"],
    ["Absence of edema.", "edema", "absent"],
    ["No pneumothorax, but a small effusion is present.", "effusion", "present"],
    ["No pneumothorax; small left effusion.", "effusion", "present"],
    ["No pneumothorax. Small left effusion.", "effusion", "present"],
    ["no pneumothorax. small left effusion.", "effusion", "present"],
    ["No infiltrate, however there is cardiomegaly.", "cardiomegaly", "present"],
    ["No acute disease, although cardiomegaly persists.", "cardiomegaly", "present"],
    ["No acute abnormality except for a calcified granuloma.", "granuloma", "present"],
    ["No pneumothorax and there is a left effusion.", "effusion", "present"],
    ["No acute fracture, mild scoliosis.", "scoliosis", "present"],
    ["Cardiomegaly without effusion.", "cardiomegaly", "present"],
    ["Cardiomegaly without effusion.", "effusion", "absent"],
    ["Cardiomegaly with no effusion.", "effusion", "absent"],
    ["The heart is not enlarged, effusion in the left base.", "effusion", "present"],
    ["No change in the left pleural effusion.", "pleural effusion", "present"],
    ["No significant interval change in cardiomegaly.", "cardiomegaly", "present"],
    ["No increase in pulmonary edema.", "pulmonary edema", "present"],
    ["Not only pneumonia but also an effusion.", "pneumonia", "present"],
    ["The effusion is not significantly changed.", "effusion", "present"],
    ["Gram negative pneumonia.", "pneumonia", "present"],
    ["No. 3 rib fracture on the left.", "fracture", "present"],
    ["Possible pneumonia in the right base.", "pneumonia", "uncertain"],
    ["Cannot exclude pneumonia.", "pneumonia", "uncertain"],
    ["Pneumonia cannot be excluded.", "pneumonia", "uncertain"],
    ["Pneumonia is not excluded.", "pneumonia", "uncertain"],
    ["Right base opacity may represent pneumonia.", "pneumonia", "uncertain"],
    ["Right base opacity may represent pneumonia.", "opacity", "present"],
    ["Findings are suspicious for malignancy.", "malignancy", "uncertain"],
    ["Opacity likely due to atelectasis.", "atelectasis", "uncertain"],
    ["Left base atelectasis versus infiltrate.", "atelectasis", "uncertain"],
    ["Left base atelectasis versus infiltrate.", "infiltrate", "uncertain"],
    ["Cough, rule out pneumonia.", "pneumonia", "uncertain"],
    ["Fever, ? pneumonia", "pneumonia", "uncertain"],
    ["Is there pneumonia?", "pneumonia", "uncertain"],
    ["Concern for pulmonary embolism.", "pulmonary embolism", "uncertain"],
    ["Effusion likely due to heart failure.", "effusion", "present"],
    ["Chest x-ray shows bilateral effusions.", "effusion", "present"],
    ["No pneumothoraces.", "pneumothorax", "absent"],
    ["Two metastases in the liver.", "metastasis", "present"],
  ])("reads %j: %s is %s", (text, phrase, status) => {
    expect(statuses(text, phrase)).toEqual([status]);
  });

  it("gives every mention its own place and status", () => {
    const text = "Findings: small effusion.\nImpression: No pneumothorax; the Effusion is\nunchanged.";
    const mentions = findMentions(text, "effusion");
    expect(mentions.map(({ start, end }) => text.slice(start, end))).toEqual(["effusion", "Effusion"]);
    expect(mentions.map((mention) => mention.status)).toEqual(["present", "present"]);
    expect(findMentions(text, "pneumothorax")[0]?.status).toBe("absent");
  });

  it.each([
    ["The heart is normal.", "effusion"],
    ["Pleural, effusion", "pleural effusion"],
    ["Effusion of the pleural space", "pleural effusion"],
    ["Old pleural. Effusion new.", "pleural effusion"],
    ["- pleural\n- effusion", "pleural effusion"],
    ["Pneumonitis", "pneumonia"],
    ["Anything", ""],
    ["Anything", " ?! "],
  ])("finds in %j no %j", (text, phrase) => {
    expect(findMentions(text, phrase)).toEqual([]);
  });

  it("finds a phrase across a hyphen and a line break", () => {
    expect(statuses("A follow-up\nfilm shows no follow up.", "follow up")).toEqual(["present", "absent"]);
  });

  it("gives ordered places in range for any text", () => {
    const word = fc.constantFrom(
      "no",
      "effusion",
      ",",
      ".",
      "?",
      "\n\n",
      "possible",
      "are not seen",
      "- ",
      "İ",
      "but",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.array(word).map((words) => words.join(" ")),
        ),
        (text) => {
          let last = 0;
          for (const { start, end } of findMentions(text, "effusion")) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(text.slice(start, end)).toBe("effusion");
            last = end;
          }
        },
      ),
    );
  });

  it("takes linear time for a long sentence", () => {
    const text = "effusion, ".repeat(20_000);
    const start = performance.now();
    expect(findMentions(text, "effusion")).toHaveLength(20_000);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

const reportsFile = "../shared/data/iu_reports/manifest.jsonl";

describe.skipIf(!existsSync(reportsFile))(
  "findMentions on chest X-ray reports (skipped where ../shared/data is absent)",
  () => {
    it("reads every report, and pneumothorax is mostly absent in impressions", () => {
      const counts = { present: 0, absent: 0, uncertain: 0 };
      for (const line of readFileSync(reportsFile, "utf8").split("\n")) {
        if (line === "") continue;
        const report = JSON.parse(line) as { text: string; impression: string };
        findMentions(report.text, "pleural effusion");
        for (const { status } of findMentions(report.impression, "pneumothorax")) counts[status]++;
      }
      expect(counts.absent).toBeGreaterThan(100);
      expect(counts.absent / (counts.absent + counts.present + counts.uncertain)).toBeGreaterThan(0.8);
    });
  },
);
