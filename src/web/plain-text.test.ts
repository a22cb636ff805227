import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { count, cut, plain, shorten, webAddress } from "./plain-text.ts";

describe("plain text", () => {
  it("loses the marks that turn text around, and keeps every other letter", () => {
    expect(plain("a\u202Egnp.exe\u202C b\u2066c\u2069 \u200Fעברית")).toBe("agnp.exe bc עברית");
  });

  it("loses control characters but for line breaks and tabs", () => {
    expect(plain("a\u0000b\u001B[31m\r\nc\td")).toBe("ab[31m\nc\td");
  });

  it("holds no control character, whatever comes in", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(plain(text)).not.toMatch(/\p{Bidi_Control}|(?![\n\t])\p{Cc}/u);
      }),
    );
  });

  it("is shortened to one line, and says so", () => {
    expect(shorten("one\n two", 20)).toBe("one two");
    expect(shorten("x".repeat(1_000_000), 5)).toBe("xxxxx…");
  });

  it("is never cut in half of a letter", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(20), (text, limit) => {
        expect(cut(text, limit).isWellFormed()).toBe(true);
      }),
    );
  });

  it("counts in words", () => {
    expect([count(1, "case"), count(0, "case"), count(12_480, "passage")]).toEqual([
      "1 case",
      "0 cases",
      "12,480 passages",
    ]);
  });
});

describe("a web address", () => {
  it("is http or https; scripts, data and relative paths are none", () => {
    expect(webAddress("https://example.org/a b")).toBe("https://example.org/a%20b");
    for (const url of ["javascript:alert(1)", "data:text/html,x", "/etc", " java\nscript:x", "file:///x"])
      expect(webAddress(url), url).toBeNull();
    expect(webAddress(undefined)).toBeNull();
  });
});
