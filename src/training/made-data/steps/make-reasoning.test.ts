import { describe, expect, it } from "vitest";
import { cxrTable, makeReasoning } from "./make-reasoning.ts";
import { readReport } from "./report.ts";

const row = {
  id: "r1",
  findings: 'The heart is "boot-shaped", as before. The lungs are clear. XXXX effusion.',
  impression: "No acute disease.",
  patient_id: 7,
  licence: "CC0",
};

describe("stepwise reasoning by quotes", () => {
  it("is a row of cxr-10k's fields, without the sentences that were masked", async () => {
    const made = await makeReasoning(readReport(row)!, { writer: { type: "quotes" } });
    const [reasoned] = made.rows;
    expect(reasoned?.fields).toMatchObject({
      ...{ image_filename: null, findings: row.findings, impression: "No acute disease." },
      reasoning:
        'Step 1: Assess the heart and mediastinum\nThe heart is "boot-shaped", as before.\n\nStep 2: Assess the lungs\nThe lungs are clear.',
      ...{ patient_id: "7", license: "CC0", written_by: "quotes" },
    });
    expect(made.failures.map(({ reason, part }) => [reason, part])).toEqual([["masked", "XXXX effusion."]]);
  });

  it("keeps a report apart that has no findings or too few", async () => {
    const reasons = [];
    for (const findings of [undefined, "", "The lungs are clear."]) {
      const made = await makeReasoning(readReport({ ...row, findings })!, { writer: { type: "quotes" } });
      reasons.push(made.failures.at(-1)?.reason, made.rows.length);
    }
    expect(reasons).toEqual(["no-findings", 0, "no-findings", 0, "too-few-steps", 0]);
  });

  it("fits a line of cxr-10k's table, quotes and line breaks in it", () => {
    const fields = { image_filename: null, findings: 'a "b", c', impression: "", reasoning: "Step 1: A\nB" };
    expect(cxrTable.line({ fields })).toBe('"","a ""b"", c","","Step 1: A\nB"');
    expect(cxrTable.header.split(",")).toEqual(Object.keys(fields));
  });
});

describe("readReport", () => {
  it("is undefined for a row that is no report", () => {
    for (const other of [{}, { id: "" }, { id: 1, findings: 3 }, { id: null, findings: "x" }]) {
      expect(readReport(other)).toBeUndefined();
    }
    expect(readReport({ id: 4 })).toMatchObject({
      id: "4",
      findings: "",
      license: "not stated",
      patient: "",
    });
  });
});
