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

  it.each(["", " ", "unknown", "N/A", "None", "?", "--", " not available ", "Anonymous", null, undefined])(
    "takes the patient id %j as unknown",
    (patient_id) => {
      expect(readCaseRow({ file: "a.png", patient_id })).not.toHaveProperty("patientId");
    },
  );

  it("takes ids without the space around them, and leaves out an id of the case that is unknown", () => {
    expect(readCaseRow({ id: " c1", file: "a.png", patient_id: " p1\n", slide_id: "s 1 " })).toMatchObject({
      id: "c1",
      patientId: "p1",
      slideId: "s 1",
    });
    expect(readCaseRow({ id: "?", file: "a.png" })).not.toHaveProperty("id");
    expect(readCaseRow({ file: "a.png" })).not.toHaveProperty("id");
  });

  it.each([2 ** 53, -(2 ** 53), Number.POSITIVE_INFINITY])(
    "refuses the number %d as an id: others may be read as it",
    (number) => {
      for (const field of ["id", "patient_id", "slide_id"]) {
        expect(() => readCaseRow({ file: "a.png", [field]: number })).toThrow(
          expect.objectContaining({ code: "row-invalid", facts: { field } }),
        );
      }
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
