import { describe, expect, it } from "vitest";
import { readPlainText } from "./plain-text.ts";

describe("readPlainText", () => {
  it("is one section that covers the text, byte order mark and CRLF included", () => {
    const text = "\uFEFFFirst.\r\n\r\nSecond.\r\n";
    expect(readPlainText({ id: "notes/lungs.txt", text })).toEqual({
      id: "notes/lungs.txt",
      title: "lungs.txt",
      text,
      sections: [{ headings: [], start: 0, end: text.length }],
      metadata: {},
    });
  });

  it("is titled by its id where that has no last part", () => {
    expect(readPlainText({ id: "notes/", text: "First." }).title).toBe("notes/");
  });
});
