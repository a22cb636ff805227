import fc from "fast-check";
import { expect, it } from "vitest";
import { readCell } from "./read-cell.ts";

it("gives a cell that JSON can hold, and that is short, whatever the value", () => {
  const value = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.double(),
    fc.bigInt(),
    fc.uint8Array(),
    fc.date(),
    fc.boolean(),
    fc.constantFrom(null, undefined),
  );
  fc.assert(
    fc.property(value, (given) => {
      const cell = readCell(given, 20);
      expect(JSON.parse(JSON.stringify(cell))).toEqual(Object.is(cell, -0) ? 0 : cell);
      if (typeof cell === "string") expect(cell.length).toBeLessThanOrEqual(60);
    }),
  );
});

it("says how long a text is that it cuts, and cuts no character in two", () => {
  expect(readCell("abcdef", 3)).toBe("abc… (6 characters)");
  expect(readCell("ab🫁cd", 3)).toBe("ab… (6 characters)");
  expect(readCell("abc", 3)).toBe("abc");
});
