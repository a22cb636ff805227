import { describe, expect, it } from "vitest";
import { medquad } from "./medquad.ts";

const row = {
  id: "medquad-1",
  file: null,
  focus: "Asthma",
  text: null,
  qa: [
    { qid: "1-1", qtype: "information", question: "What is asthma?", answer: "A disease of airways." },
    { qid: "1-2", qtype: "treatment", question: "How is it treated?", answer: null },
    { qid: "1-3", qtype: "causes", question: "What causes asthma?", answer: "Many things." },
  ],
};

describe("a MedQuAD row", () => {
  it("has a section for each answer, with focus and question as headings", () => {
    expect(medquad.fits(row)).toBe(true);
    const document = medquad.read(row);
    expect(document.title).toBe("Asthma");
    expect(
      document.sections.map((section) => [section.headings, document.text.slice(section.start, section.end)]),
    ).toEqual([
      [["Asthma", "What is asthma?"], "A disease of airways."],
      [["Asthma", "What causes asthma?"], "Many things."],
    ]);
    expect(document.text).toBe("What is asthma?\nA disease of airways.\n\nWhat causes asthma?\nMany things.");
  });

  it("keeps what a pair says besides, and the whole pair that has no answer", () => {
    expect(medquad.read(row).metadata).toEqual({
      qa: [
        { qid: "1-1", qtype: "information" },
        { qid: "1-2", qtype: "treatment", question: "How is it treated?", answer: null },
        { qid: "1-3", qtype: "causes" },
      ],
    });
  });

  it("is refused where no pair has an answer", () => {
    for (const qa of [[], [{ question: "What is asthma?", answer: " " }]]) {
      expect(() => medquad.read({ ...row, qa })).toThrow(
        expect.objectContaining({ code: "row-without-text", facts: { id: "medquad-1" } }),
      );
    }
  });

  it("is refused where qa is not a list of pairs", () => {
    for (const qa of ["text", null, [null], [["a", "b"]], [{ question: "What?", answer: 5 }]]) {
      expect(() => medquad.read({ ...row, qa })).toThrow(
        expect.objectContaining({ code: "row-invalid", facts: { id: "medquad-1", field: "qa" } }),
      );
    }
  });
});
