import { describe, expect, it } from "vitest";
import { readCaseRow } from "./case-row.ts";

describe("readCaseRow", () => {
  it("keeps unknown fields as metadata", () => {
    const row = {
      id: 7,
      file: "a.png",
      labels: ["Mass"],
      view: "PA",
      boxes: [1],
      patient_id: 12,
      licence: "CC0",
    };
    expect(readCaseRow(row)).toEqual({
      id: "7",
      file: "a.png",
      labels: [{ name: "Mass", status: "present" }],
      text: "",
      patientId: "12",
      licence: "CC0",
      metadata: { view: "PA", boxes: [1] },
    });
  });

  it.each(["", " ", "unknown", "N/A", "None", null, undefined])(
    "takes the patient id %j as unknown",
    (patient_id) => {
      expect(readCaseRow({ file: "a.png", patient_id })).not.toHaveProperty("patientId");
    },
  );

  it.each([
    ["labels", { file: "a.png", labels: 5 }],
    ["text", { file: "a.png", text: {} }],
    ["patient_id", { file: "a.png", patient_id: [] }],
    ["file", { file: 5 }],
  ])("refuses a row whose %s is of the wrong kind, naming it", (field, row) => {
    expect(() => readCaseRow(row)).toThrow(
      expect.objectContaining({ code: "row-invalid", facts: { field } }),
    );
  });
});
