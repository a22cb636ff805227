import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnValue, fits, longestText, overflowPieces, readOverflow } from "./long-text.ts";

describe("a text in a column of Milvus", () => {
  it("stands as it is up to the longest that the column holds, counted in bytes", () => {
    for (const text of ["", "lung", "a".repeat(longestText), "é".repeat(32_767)]) {
      expect(columnValue(text)).toBe(text);
      expect(overflowPieces({ record: text })).toEqual([]);
    }
    expect(fits("a".repeat(longestText + 1))).toBe(false);
    expect(fits("é".repeat(32_768))).toBe(false);
  });

  it("is kept whole beside its column where it is longer, in pieces that fit", () => {
    const unit = fc.constantFrom("a", "é", "🫁", '"', "\\", "\n", "胸");
    const text = fc.tuple(
      fc.string({ unit, minLength: 1, maxLength: 30 }),
      fc.integer({ min: 30_000, max: 80_000 }),
    );
    fc.assert(
      fc.property(text, ([piece, length]) => {
        const record = piece.repeat(Math.ceil(length / piece.length));
        const pieces = overflowPieces({ id: "a", record });
        expect(pieces.every((part) => fits(part) && part.isWellFormed())).toBe(true);
        expect(readOverflow(pieces)).toEqual(fits(record) ? {} : { record });
      }),
      { numRuns: 30 },
    );
  });

  it("has another mark for another text, and the same for the same", () => {
    const long = "a".repeat(100_000);
    expect(columnValue(`${long}b`)).not.toBe(columnValue(`${long}c`));
    expect(columnValue(long)).toBe(columnValue(long));
    expect(fits(columnValue(long))).toBe(true);
  });
});
