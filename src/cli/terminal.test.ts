import { describe, expect, it } from "vitest";
import { hang, plain, wrap } from "./terminal.ts";

describe("plain", () => {
  it("takes out what could steer a terminal and keeps the words", () => {
    expect(plain("a\u001b[31mred\u001b]0;title\u0007\u001b[2J b\u202ec\u0000d\r\ne")).toBe("ared bcd e");
  });
});

describe("wrap", () => {
  it("breaks at spaces, cuts longer words and indents each line", () => {
    expect(wrap("one two three abcdefghijklmnop", 12, "  ").split("\n")).toEqual([
      "  one two",
      "  three",
      "  abcdefghij",
      "  klmnop",
    ]);
  });
});

describe("hang", () => {
  it("indents all lines but the first, which begins after its lead", () => {
    expect(hang("one two three", 10, "    ").split("\n")).toEqual(["one two", "    three"]);
  });
});
