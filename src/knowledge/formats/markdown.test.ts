import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readMarkdown } from "./markdown.ts";

function sectionsOf(text: string): [string, string][] {
  const document = readMarkdown({ id: "a.md", text });
  return document.sections.map((section) => [
    section.headings.join(" / "),
    text.slice(section.start, section.end).trim(),
  ]);
}

describe("readMarkdown", () => {
  it("has a section below each heading, under the path that leads to it", () => {
    const text = "Before.\n# Lungs\nOne.\n### Lobes\nTwo.\n## Vessels\nThree.\n\nHeart\n=====\nFour.\n";
    expect(sectionsOf(text)).toEqual([
      ["", "Before."],
      ["Lungs", "One."],
      ["Lungs / Lobes", "Two."],
      ["Lungs / Vessels", "Three."],
      ["Heart", "Four."],
    ]);
  });

  it("has no section where nothing stands between two headings", () => {
    expect(sectionsOf("# Lungs\n\n## Lobes\nTwo.")).toEqual([["Lungs / Lobes", "Two."]]);
    expect(sectionsOf(" \n")).toEqual([]);
  });

  it("keeps comments and fenced code in the text", () => {
    expect(sectionsOf("# Lungs\n<!-- a -->\n```\n# b\n```")).toEqual([
      ["Lungs", "<!-- a -->\n```\n# b\n```"],
    ]);
  });

  it("lets an empty heading end a section without naming the next", () => {
    expect(sectionsOf("# Lungs\nOne.\n##\nTwo.")).toEqual([
      ["Lungs", "One."],
      ["Lungs", "Two."],
    ]);
  });

  it("is titled by its first heading of level 1, else by its id", () => {
    expect(readMarkdown({ id: "a.md", text: "## Lobes\n# Lungs\n# Heart" }).title).toBe("Lungs");
    expect(readMarkdown({ id: "a.md", text: "## Lobes" }).title).toBe("a.md");
  });

  it("takes title, licence and url from the front matter, the rest as metadata", () => {
    const text = "---\ntitle: Chest\nlicense: MIT\nurl: https://example.org/\nyear: 2001\n---\n# Lungs\nOne.";
    expect(readMarkdown({ id: "a.md", text })).toMatchObject({
      title: "Chest",
      licence: "MIT",
      url: "https://example.org/",
      metadata: { year: "2001" },
      sections: [{ headings: ["Lungs"], start: text.indexOf("One."), end: text.length }],
    });
  });

  it("keeps a text with byte order mark and CRLF as it is", () => {
    const text = "\uFEFF# Lungs\r\nOne.\r\n";
    const document = readMarkdown({ id: "a.md", text });
    expect(document.text).toBe(text);
    expect(document.title).toBe("Lungs");
    expect(sectionsOf(text)).toEqual([["Lungs", "One."]]);
  });

  it("has sections in order, without overlap, whatever the text", () => {
    const unit = fc.constantFrom(
      "# ",
      "## ",
      "---",
      "===",
      "```",
      "<!--",
      "-->",
      "a: b",
      "a",
      " ",
      "\n",
      "\r\n",
      "\uFEFF",
      "😀",
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), (text) => {
        let end = 0;
        for (const section of readMarkdown({ id: "a.md", text }).sections) {
          expect(section.start).toBeGreaterThanOrEqual(end);
          expect(section.end).toBeGreaterThan(section.start);
          end = section.end;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
