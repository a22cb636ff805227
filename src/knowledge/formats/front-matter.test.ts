import { describe, expect, it } from "vitest";
import { readFrontMatter } from "./front-matter.ts";

describe("readFrontMatter", () => {
  it("reads keys with their values, and ends after the closing line", () => {
    const text = '---\r\ntitle: "Lungs: a note"\r\nlicence: CC BY 4.0\r\n---\r\nText.';
    const frontMatter = readFrontMatter(text);
    expect(frontMatter.fields).toEqual({ title: "Lungs: a note", licence: "CC BY 4.0" });
    expect(text.slice(frontMatter.end)).toBe("Text.");
  });

  it("stands after a byte order mark, too", () => {
    expect(readFrontMatter("\uFEFF---\nyear: 2001\n...\nText.")).toEqual({
      fields: { year: "2001" },
      end: 20,
    });
  });

  it("skips comments, lists, nested keys and keys without a value", () => {
    const text = "---\n# comment\ntags:\n- lungs\nauthor:\n  name: a\nurl: 'https://example.org/a'\n---\n";
    expect(readFrontMatter(text).fields).toEqual({ url: "https://example.org/a" });
  });

  it.each([
    ["no first line ---", "Text.\n---\na: b\n---\n"],
    ["no closing line", "---\na: b\n"],
    ["a blank line before it", "\n---\na: b\n---\n"],
    ["prose between two rules", "---\nThe lungs are paired.\n---\nText."],
    ["nothing at all", ""],
  ])("finds none with %s", (_, text) => {
    expect(readFrontMatter(text)).toEqual({ fields: {}, end: 0 });
  });

  it("takes a hostile key as a plain field", () => {
    const { fields } = readFrontMatter("---\n__proto__: a\n---\n");
    expect(Object.entries(fields)).toEqual([["__proto__", "a"]]);
  });
});
