import { describe, expect, it } from "vitest";
import { openstax } from "./openstax.ts";

const row = {
  id: "oxap-1",
  title: "The lungs",
  unit: "Respiration",
  chapter: "Breathing",
  headings: ["Gross anatomy", ""],
  text: "The lungs are paired.",
  labels: [],
};

describe("a textbook row", () => {
  it("has unit, chapter and headings as its path of headings, blank ones left out", () => {
    expect(openstax.fits(row)).toBe(true);
    const document = openstax.read(row);
    expect(document.title).toBe("The lungs");
    expect(document.sections).toEqual([
      { headings: ["Respiration", "Breathing", "Gross anatomy"], start: 0, end: row.text.length },
    ]);
    expect(document.metadata).toEqual({ labels: [] });
  });

  it("does without a unit", () => {
    const { unit: _, ...withoutUnit } = row;
    expect(openstax.read(withoutUnit).sections[0]?.headings).toEqual(["Breathing", "Gross anatomy"]);
  });

  it.each([
    [{ ...row, headings: "Gross anatomy" }, "headings"],
    [{ ...row, headings: [1] }, "headings"],
    [{ ...row, chapter: 3 }, "chapter"],
  ])("is refused by the name of the field that is wrong", (wrong, field) => {
    expect(() => openstax.read(wrong)).toThrow(
      expect.objectContaining({
        code: "row-invalid",
        facts: { id: "oxap-1", field },
        message: expect.stringContaining(field),
      }),
    );
  });
});
