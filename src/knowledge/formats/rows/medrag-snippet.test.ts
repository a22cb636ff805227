import { describe, expect, it } from "vitest";
import { medragSnippet } from "./medrag-snippet.ts";

const row = {
  id: "pubmed_1",
  title: "Asthma",
  content: "A disease of airways.",
  contents: "Asthma. A disease of airways.",
  PMID: 1,
};

describe("a MedRAG snippet", () => {
  it("has its content as text, and drops contents, which says it again", () => {
    expect(medragSnippet.fits(row)).toBe(true);
    expect(medragSnippet.read(row)).toEqual({
      id: "pubmed_1",
      title: "Asthma",
      text: "A disease of airways.",
      sections: [{ headings: [], start: 0, end: 21 }],
      metadata: { PMID: 1 },
    });
  });

  it("keeps contents that says something else", () => {
    expect(medragSnippet.read({ ...row, contents: "Another text." }).metadata).toEqual({
      PMID: 1,
      contents: "Another text.",
    });
  });

  it("is told from a row that has a text", () => {
    expect(medragSnippet.fits({ ...row, text: "Text." })).toBe(false);
    expect(medragSnippet.fits({ ...row, text: null })).toBe(true);
  });
});
