import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { excerptAround, markSpans } from "./marked-text.ts";

const span = fc.record({ start: fc.nat(60), end: fc.nat(60) });

describe("marked text", () => {
  it("marks exactly the characters of its spans", () => {
    expect(markSpans("the border disappears", { spans: [{ start: 4, end: 10 }] })).toEqual([
      { text: "the ", marked: false },
      { text: "border", marked: true },
      { text: " disappears", marked: false },
    ]);
  });

  it("keeps the text whole, whatever the spans", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 50 }), fc.array(span), (text, spans) => {
        expect(
          markSpans(text, { spans })
            .map((part) => part.text)
            .join(""),
        ).toBe(text.replace(/\p{Cc}/gu, ""));
      }),
    );
  });

  it("stops at its limit", () => {
    const parts = markSpans("x".repeat(1_000_000), { spans: [{ start: 10, end: 900_000 }], limit: 100 });
    expect(parts.map(({ text }) => text.length)).toEqual([10, 90]);
  });
});

describe("an excerpt", () => {
  it("holds the first span and whole words around it", () => {
    const text = `${"before ".repeat(40)}the cited words ${"after ".repeat(40)}`;
    const start = text.indexOf("the cited");
    const { start: from, end } = excerptAround(text, [{ start, end: start + 15 }], 40);
    const excerpt = text.slice(from, end);
    expect(excerpt).toContain("the cited words");
    expect(excerpt).toMatch(/^before .*after$/);
    expect(excerpt.length).toBeLessThan(110);
  });

  it("ends with a span rather than within it", () => {
    const text = "one two three. four five six seven eight nine ten. eleven";
    const spans = [
      { start: 0, end: 14 },
      { start: 15, end: 50 },
    ];
    expect(excerptAround(text, spans, 10)).toEqual({ start: 0, end: 50 });
  });

  it("is the beginning where nothing is cited", () => {
    expect(excerptAround("short", [], 40)).toEqual({ start: 0, end: 5 });
  });
});
