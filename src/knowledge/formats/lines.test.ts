import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lines } from "./lines.ts";

describe("lines", () => {
  it("end with CRLF, LF, CR or the text", () => {
    expect([...lines("a\r\nb\n\rc", 0)]).toEqual([
      { text: "a", start: 0, next: 3 },
      { text: "b", start: 3, next: 5 },
      { text: "", start: 5, next: 6 },
      { text: "c", start: 6, next: 7 },
    ]);
  });

  it("begin at the offset, and there are none at the end of the text", () => {
    expect([...lines("ab\nc", 1)].map((line) => line.text)).toEqual(["b", "c"]);
    expect([...lines("a\n", 2)]).toEqual([]);
  });

  it("follow one another without a gap, and hold no terminator", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "\r", "\n", "\r\n", "😀") }), (text) => {
        let next = 0;
        for (const line of lines(text, 0)) {
          expect(line.start).toBe(next);
          expect(text.startsWith(line.text, line.start)).toBe(true);
          expect(line.text).not.toMatch(/[\r\n]/);
          next = line.next;
        }
        expect(next).toBe(text.length);
      }),
    );
  });
});
