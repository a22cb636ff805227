import { describe, expect, it } from "vitest";
import { ontology } from "./ontology.ts";

const row = {
  id: "DOID:1",
  name: "example disease",
  def: null,
  synonyms: ["sample disease"],
  is_a: ["DOID:4"],
  licence: "CC0 1.0",
  file: null,
  text: "example disease. Synonyms: sample disease",
};

describe("an ontology row", () => {
  it("is titled by its name, and keeps definition, synonyms and parents as metadata", () => {
    expect(ontology.fits(row)).toBe(true);
    expect(ontology.read(row)).toEqual({
      id: "DOID:1",
      title: "example disease",
      text: row.text,
      sections: [{ headings: [], start: 0, end: row.text.length }],
      licence: "CC0 1.0",
      metadata: { def: null, synonyms: ["sample disease"], is_a: ["DOID:4"] },
    });
  });

  it("is told from a row that merely has a name", () => {
    expect(ontology.fits({ id: "a", name: "report", text: "Clear lungs." })).toBe(false);
  });
});
