import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { chestClasses } from "./phantoms/chest-phantoms.ts";
import { tissueClasses } from "./phantoms/tissue-phantoms.ts";

const folder = new URL("../../demo/passages/", import.meta.url);
const documents = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8"));
const passages = documents.flatMap((document) =>
  document
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [heading = "", ...lines] = section.trimEnd().split("\n");
      const reference = lines.at(-1) ?? "";
      return { heading, reference, prose: lines.slice(0, -1).join("\n").trim() };
    }),
);

describe("the passages that ship with the demo", () => {
  it("are about fifty, in two to four documents with one title each", () => {
    expect(passages.length).toBeGreaterThanOrEqual(40);
    expect(passages.length).toBeLessThanOrEqual(55);
    expect(documents.length).toBeLessThanOrEqual(4);
    for (const document of documents) expect(document.match(/^# \S/gm)).toHaveLength(1);
  });

  it("have headings of their own", () => {
    expect(new Set(passages.map(({ heading }) => heading.toLowerCase())).size).toBe(passages.length);
  });

  it.each(passages)("end in a dated or published reference and have 50 to 160 words: $heading", (passage) => {
    const words = passage.prose.split(/\s+/).length;
    expect(words).toBeGreaterThanOrEqual(50);
    expect(words).toBeLessThanOrEqual(160);
    expect(passage.reference).toMatch(
      /^Reference: .*(\b(19|20)\d\d\b|Elsevier|McGraw-Hill|Wilkins|Research on Cancer).*\.$/,
    );
    expect(passage.prose).not.toMatch(/^[-*>|#]/m);
  });

  it.each([...chestClasses, ...tissueClasses])("use the words of the label %s", (label) => {
    const found = passages.filter(({ heading, prose }) =>
      `${heading} ${prose}`.toLowerCase().includes(label.toLowerCase()),
    );
    expect(found.length).toBeGreaterThanOrEqual(1);
  });

  it("answer the question on text with volumes in milliliters", () => {
    expect(passages.some(({ prose }) => /200 mL of pleural fluid/.test(prose))).toBe(true);
  });
});
