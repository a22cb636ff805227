import { describe, expect, it } from "vitest";
import { readMarkdown } from "../formats/markdown.ts";
import { readPlainText } from "../formats/plain-text.ts";
import { medragTextbooks } from "./medrag-textbooks.ts";

describe("MedRAG's rule for textbooks", () => {
  it("makes passages of up to 1,000 characters that repeat up to 200 of the one before", () => {
    const text = Array.from({ length: 300 }, (_, index) => `word${String(index).padStart(4, "0")}`).join(" ");
    const cuts = medragTextbooks.cut(readPlainText({ id: "a", text }));
    // Nine characters a word and space: 111 of them make 998 or 999, 22 make 198.
    expect(cuts.map(({ start, end }) => [start, end])).toEqual([
      [0, 998],
      [801, 1799],
      [1602, 2600],
      [2403, 2699],
    ]);
  });

  it("cuts across sections, each passage under the headings of the one in which it begins", () => {
    const filler = "The lungs are paired. ".repeat(40);
    const document = readMarkdown({ id: "a", text: `# One\n${filler}\n# Two\n${filler}\n# Three\nShort.` });
    const cuts = medragTextbooks.cut(document);
    expect(cuts.map(({ headings }) => headings[0])).toEqual(["One", "Two", "Three"].slice(0, cuts.length));
    expect(document.text.slice(cuts[0]?.start, cuts[0]?.end)).toMatch(/^The lungs/);
  });

  it("makes nothing of a document without sections", () => {
    expect(medragTextbooks.cut({ text: "# One", sections: [] })).toEqual([]);
  });
});
