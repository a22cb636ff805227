import { describe, expect, it } from "vitest";
import { quantitiesAgree, readQuantities } from "./quantities.ts";

const agree = (claim: string, evidence: string, anyUnit = false) =>
  quantitiesAgree(readQuantities(claim), readQuantities(evidence), { anyUnit });

describe("numbers", () => {
  it.each([
    ["5 mg", "a dose of 5 mg"],
    ["0.5 g", "500 mg"],
    ["40 mm", "4 cm"],
    ["1,000 mg", "1 g"],
    ["2 days", "48 hours"],
    ["50 %", "a ratio of 0.5"],
    ["10 mg", "5 to 10 mg"],
    ["5 mg", "5, 10 or 20 mg"],
    ["140 mmHg", "140/90 mmHg"],
    ["5 mg daily", "5 mg per day"],
    ["above 38 °C", "over 38 °C"],
    ["stage II", "stage 2"],
    ["two lobes", "2 lobes"],
    ["three signs", "signs of it"],
    ["COVID-19 with T2 signal", "nothing"],
  ])("of %j stand in %j", (claim, evidence) => {
    expect(agree(claim, evidence)).toBe(true);
  });

  it.each([
    ["50 mg", "5 mg"],
    ["5 mg", "5 ml"],
    ["5 mg", "5 g"],
    ["5 mg", "5 tablets"],
    ["5 mg daily", "5 mg hourly"],
    ["2 weeks", "2 months"],
    ["above 92 %", "below 92 %"],
    ["stage III", "stage II"],
    ["three lobes", "two lobes"],
    ["the second trimester", "the first trimester"],
    ["12 mm", "nothing"],
  ])("of %j do not stand in %j", (claim, evidence) => {
    expect(agree(claim, evidence)).toBe(false);
  });

  it("of a table's cells take any unit", () => {
    expect(agree("72 kg", "weight 72", true)).toBe(true);
    expect(agree("73 kg", "weight 72", true)).toBe(false);
    expect(agree("72 kg", "weight 72")).toBe(false);
  });

  it("are read in linear time", () => {
    const start = performance.now();
    readQuantities("5 to ".repeat(20_000));
    readQuantities("1,000".repeat(20_000));
    readQuantities(" ".repeat(100_000));
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
