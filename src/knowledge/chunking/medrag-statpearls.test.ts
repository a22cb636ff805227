import { describe, expect, it } from "vitest";
import { medragStatpearls } from "./medrag-statpearls.ts";

/** The lengths of passages, or their texts where they are short. */
function cut(...sections: string[]): (string | number)[] {
  const text = sections.join("\n\n\n");
  let from = 0;
  const spans = sections.map((section, index) => {
    const start = from;
    from += section.length + 3;
    return { headings: [`${index}`], start, end: start + section.length };
  });
  return medragStatpearls
    .cut({ text, sections: spans })
    .map(({ start, end }) => (end - start < 100 ? text.slice(start, end) : end - start));
}

const paragraph = (length: number) => "p".repeat(length);
const list = (...lengths: number[]) => lengths.map((length) => `- ${"i".repeat(length)}`).join("\n");

describe("MedRAG's rule for StatPearls", () => {
  it("makes a passage a paragraph, and never cuts one", () => {
    expect(cut(`${paragraph(200)}\n\n${paragraph(3000)}`)).toEqual([200, 3000]);
  });

  it("joins a paragraph of fewer than 200 characters to the one before it while the two have fewer than 1,000", () => {
    expect(cut(`${paragraph(500)}\n\n${paragraph(199)}`)).toEqual([701]);
    expect(cut(`${paragraph(500)}\n\n${paragraph(200)}`)).toEqual([500, 200]);
    expect(cut(`${paragraph(850)}\n\n${paragraph(149)}`)).toEqual([1001]);
    expect(cut(`${paragraph(850)}\n\n${paragraph(150)}`)).toEqual([850, 150]);
    expect(cut("Short.\n\nShorter.")).toEqual(["Short.\n\nShorter."]);
  });

  it("counts the space between joined parts, as MedRAG's joined text has it", () => {
    expect(cut(`${paragraph(800)}\n\n${paragraph(99)}\n\n${paragraph(99)}`)).toEqual([1002]);
    expect(cut(`${paragraph(800)}\n\n${paragraph(99)}\n\n${paragraph(100)}`)).toEqual([901, 100]);
  });

  it("joins a list to what is before it, else has it as one passage, else each item", () => {
    expect(cut(`${paragraph(400)}\n\n${list(250, 250)}`)).toEqual([400 + 2 + 505]);
    expect(cut(`${paragraph(800)}\n\n${list(250, 250)}`)).toEqual([800, 505]);
    expect(cut(`${paragraph(800)}\n\n${list(600, 600)}\n\n${paragraph(150)}`)).toEqual([800, 600, 600, 150]);
    expect(cut("1. One\n2) Two\n   and more")).toEqual(["1. One\n2) Two\n   and more"]);
  });

  it("joins nothing across sections", () => {
    expect(cut("Short.", "Shorter.")).toEqual(["Short.", "Shorter."]);
  });

  it("makes nothing of blank sections", () => {
    expect(cut(" \n\n ", "")).toEqual([]);
  });
});
