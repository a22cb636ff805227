import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recursiveSplit } from "./recursive-split.ts";

const split = (text: string, size: number, overlap: number) =>
  recursiveSplit(text, { size, overlap }).map(({ start, end }) => text.slice(start, end));

/** Worked out by hand after LangChain's `RecursiveCharacterTextSplitter`. */
describe("the recursive split", () => {
  it("gathers words up to the size, and begins with those of the last passage that fit into the overlap", () => {
    expect(split("aaa bbb ccc ddd", 7, 3)).toEqual(["aaa bbb", "ccc", "ddd"]);
    expect(split("aaa bbb ccc ddd", 9, 4)).toEqual(["aaa bbb", "bbb ccc", "ccc ddd"]);
  });

  it("cuts at blank lines first, and only what is too long at line ends, then at spaces", () => {
    const text = "One two.\n\nThree four five six.\n\nSeven.";
    expect(split(text, 12, 0)).toEqual(["One two.", "Three four", "five six.", "Seven."]);
    expect(split("One two\nthree\n\nFour", 14, 0)).toEqual(["One two\nthree", "Four"]);
  });

  it("cuts what has no border between characters, none of them in halves", () => {
    expect(split("abcdefghij", 4, 1)).toEqual(["abcd", "defg", "ghij"]);
    expect(split("😀😀😀", 2, 0)).toEqual(["😀😀", "😀"]);
  });

  it("cuts a piece of exactly the size again, as LangChain does", () => {
    expect(split("aaaa bbbb", 4, 0)).toEqual(["aaaa", "bbb", "b"]);
  });

  it("is empty where there is nothing but whitespace", () => {
    expect(split("", 10, 2)).toEqual([]);
    expect(split(" \n\n \n", 10, 2)).toEqual([]);
  });

  it("keeps to the size, never goes back and loses no character but whitespace, for any text", () => {
    const unit = fc.constantFrom("a", "bb", " ", "\n", "\n\n", "😀", "\r\n", "\u00A0");
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 200 }), fc.nat(6), (text, overlap) => {
        const spans = recursiveSplit(text, { size: 9, overlap });
        let covered = 0;
        let last = -1;
        for (const { start, end } of spans) {
          expect([...text.slice(start, end)].length).toBeLessThanOrEqual(9);
          expect(text.slice(covered, Math.max(start, covered)).trim()).toBe("");
          expect(start).toBeGreaterThanOrEqual(last);
          last = start;
          covered = Math.max(covered, end);
        }
        expect(text.slice(covered).trim()).toBe("");
      }),
      { numRuns: 500 },
    );
  });

  it("takes linear time for hostile texts", () => {
    const began = performance.now();
    for (const unit of ["x", " ", "\n", "\n\n", "a ", "a\n", "😀"])
      split(unit.repeat(1_000_000 / unit.length), 1000, 200);
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});
