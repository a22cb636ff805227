import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shiftDates } from "./shift-date.ts";

describe("shiftDates", () => {
  it.each([
    ["20200301", -1, "20200229"],
    ["2020.03.01", -1, "20200229"],
    ["20200101120000.123456+0200", -1, "20191231120000.123456"],
    ["20200102\\20200103", -2, "20191231\\20200101"],
    ["20200102 ", -1, "20200101"],
    ["", -1, ""],
  ])("moves %j by %d days to %j", (text, days, shifted) => {
    expect(shiftDates(text, days)).toBe(shifted);
  });

  it.each(["2020", "202001", "20200230", "20201301", "last May", "00010101", "20200101-20200201"])(
    "knows no full date in %j",
    (text) => {
      expect(shiftDates(text, -400)).toBeUndefined();
    },
  );

  it("keeps the days between any two dates", () => {
    const date = fc.date({ min: new Date("1900-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });
    const written = (value: Date) => value.toISOString().slice(0, 10).replaceAll("-", "");
    const day = (text = "") => Date.parse(text.replace(/(....)(..)(..)/, "$1-$2-$3")) / 86_400_000;
    fc.assert(
      fc.property(date, date, fc.integer({ min: -3650, max: -1 }), (one, other, days) => {
        const [first, second] = [written(one), written(other)];
        const moved = day(shiftDates(first, days)) - day(shiftDates(second, days));
        expect(moved).toBe(day(first) - day(second));
        expect(day(shiftDates(first, days))).toBe(day(first) + days);
      }),
    );
  });
});
