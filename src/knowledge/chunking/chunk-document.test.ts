import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Passage } from "#contracts";
import type { SourceDocument } from "../document.ts";
import { readMarkdown } from "../formats/markdown.ts";
import { readPlainText } from "../formats/plain-text.ts";
import { chunkDocument } from "./chunk-document.ts";

function chunk(document: SourceDocument): Passage[] {
  return chunkDocument({ document, corpus: "notes", file: "notes.md" });
}

function textsOf(text: string): string[] {
  return chunk(readPlainText({ id: "a", text })).map((passage) => passage.text);
}

/** A paragraph of exactly `length` characters, in sentences of 20. */
function paragraph(length: number): string {
  return "The lungs are twins. "
    .repeat(length)
    .slice(0, length - 1)
    .replace(/\s$/, "a")
    .concat(".");
}

/** Every character of the sections that is not whitespace is in one passage, and each passage says where it stands. */
function expectExact(document: SourceDocument): void {
  const passages = chunk(document);
  let end = 0;
  for (const passage of passages) {
    const { source } = passage;
    expect(passage.text).toBe(document.text.slice(source.start, source.end));
    expect(passage.text).toBe(passage.text.trim());
    expect(passage.text.length).toBeGreaterThan(0);
    expect(passage.text.length).toBeLessThanOrEqual(1500);
    expect(source.start).toBeGreaterThanOrEqual(end);
    expect(
      document.sections.some((section) => section.start <= source.start && source.end <= section.end),
    ).toBe(true);
    end = source.end;
  }
  const cut = passages.map((passage) => passage.text).join("");
  const whole = document.sections.map((section) => document.text.slice(section.start, section.end)).join("");
  expect(cut.replaceAll(/\s/g, "")).toBe(whole.replaceAll(/\s/g, ""));
  expect(new Set(passages.map((passage) => passage.id)).size).toBe(passages.length);
}

describe("chunkDocument", () => {
  it("gives a short document as one passage with the document's id, licence, url and metadata", () => {
    const text =
      "\uFEFF---\ntitle: Chest\nlicence: MIT\nurl: https://example.org/\nyear: 2001\n---\n\r\n# Lungs\r\n  Two. \r\n";
    const document = readMarkdown({ id: "lungs.md", text });
    expect(chunk(document)).toEqual([
      {
        id: "notes/lungs.md",
        corpus: "notes",
        title: "Chest",
        headings: ["Lungs"],
        text: "Two.",
        source: {
          file: "notes.md",
          document: "lungs.md",
          start: text.indexOf("Two."),
          end: text.indexOf("Two.") + 4,
        },
        licence: "MIT",
        url: "https://example.org/",
        metadata: { year: "2001" },
      },
    ]);
  });

  it("numbers several passages from 1", () => {
    const passages = chunk(readMarkdown({ id: "a", text: "# One\nFirst.\n# Two\nSecond." }));
    expect(passages.map((passage) => passage.id)).toEqual(["notes/a#1", "notes/a#2"]);
  });

  it("gives nothing for an empty or blank document", () => {
    expect(textsOf("")).toEqual([]);
    expect(textsOf("\uFEFF \r\n\t\u00A0\n")).toEqual([]);
  });

  it.each([
    ["gathers paragraphs up to 1,000 characters", [400, 400, 196, 400], [1000, 400]],
    ["begins a passage with the paragraph that would exceed it", [400, 400, 197, 400], [802, 599]],
    ["leaves a paragraph of 1,500 characters whole", [1500], [1500]],
    ["joins a short end to the passage before", [900, 199], [1101]],
    ["leaves an end of 200 characters alone", [900, 200], [900, 200]],
    ["leaves a short end alone where joining would exceed 1,500", [1400, 99], [1400, 99]],
    ["joins a short beginning to the paragraph that follows", [30, 1400], [1432]],
    ["joins a short passage in the middle to the one before", [950, 100, 1450], [1052, 1450]],
  ])("%s", (_, lengths, expected) => {
    const passages = textsOf(lengths.map(paragraph).join("\n\n"));
    expect(passages.map((text) => text.length)).toEqual(expected);
  });

  it("never crosses a section's border, however short the sections", () => {
    const passages = chunk(readMarkdown({ id: "a", text: "# One\nFirst.\n# Two\nSecond." }));
    expect(passages.map((passage) => [passage.headings, passage.text])).toEqual([
      [["One"], "First."],
      [["Two"], "Second."],
    ]);
  });

  it("cuts a paragraph over 1,500 characters where a line ends with a sentence", () => {
    const [first, second] = [paragraph(900), paragraph(800)];
    expect(textsOf(`${first}\r\n${second}`)).toEqual([first, second]);
  });

  it("cuts a line over 1,500 characters at sentence ends", () => {
    const passages = textsOf(paragraph(3000));
    expect(passages.length).toBe(3);
    for (const text of passages) expect(text).toMatch(/^The .*\.$/);
  });

  it("leaves the mark of a list item with its item", () => {
    const items = Array.from({ length: 20 }, () => `- ${"lung ".repeat(20).trim()}`).join("\n");
    for (const text of textsOf(items)) expect(text).toMatch(/^- lung .*lung$/s);
  });

  it("cuts a sentence over 1,500 characters at whitespace", () => {
    const passages = textsOf("lung ".repeat(1000));
    for (const text of passages) expect(text).toMatch(/^(?:lung )*lung$/);
    expect(passages[0]?.length).toBe(1499);
  });

  it("cuts an unbroken run at the limit, but no character in halves", () => {
    expect(textsOf("x".repeat(3100)).map((text) => text.length)).toEqual([1500, 1500, 100]);
    const passages = textsOf(`x${"😀".repeat(1000)}`);
    expect(passages.map((text) => text.length)).toEqual([1499, 502]);
    for (const text of passages) expect(text.isWellFormed()).toBe(true);
  });

  it("takes a single CRLF as no border of a paragraph", () => {
    const line = paragraph(70);
    const wrapped = Array.from({ length: 12 }, () => line).join("\r\n");
    expect(textsOf(`${wrapped}\r\n\r\n${wrapped}`)).toEqual([wrapped, wrapped]);
  });

  it("gives the exact text of every character once, for any text", () => {
    const unit = fc.oneof(
      fc.constantFrom(
        "\n",
        "\n\n",
        "\r\n",
        "\r\n\r\n",
        " ",
        ". ",
        "! ",
        "😀",
        "e\u0301",
        "\uD800",
        "\uFEFF",
        "# ",
        "---\n",
        "```\n",
      ),
      fc.string({ unit: "binary", maxLength: 20 }),
      fc.integer({ min: 1, max: 4000 }).map((length) => "x".repeat(length)),
      fc.integer({ min: 1, max: 300 }).map((count) => "lung ".repeat(count)),
      fc.integer({ min: 1, max: 900 }).map((count) => "😀".repeat(count)),
      fc.integer({ min: 1, max: 2000 }).map((count) => " ".repeat(count)),
      fc.integer({ min: 20, max: 1600 }).map(paragraph),
    );
    const texts = fc.array(unit, { maxLength: 30 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(texts, (text) => {
        expectExact(readPlainText({ id: "a", text }));
        expectExact(readMarkdown({ id: "a", text }));
      }),
      { numRuns: 300 },
    );
  });

  it("cuts hostile texts of a million characters in linear time", () => {
    const started = performance.now();
    for (const unit of ["x", " ", "\n", "\r", "\r\n", "\n ", ". ", ".", ".)", "😀", "a\n"]) {
      textsOf(`a${unit.repeat(1_000_000 / unit.length)}b`);
    }
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
