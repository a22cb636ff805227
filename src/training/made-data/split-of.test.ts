import { describe, expect, it } from "vitest";
import { splitOf } from "./split-of.ts";

describe("splitOf", () => {
  it("puts all rows of a patient into one split, and about 90, 5 and 5 percent of patients into each", () => {
    const counts = { train: 0, validation: 0, test: 0 };
    for (let patient = 0; patient < 4_000; patient++) counts[splitOf(`patient ${patient}`)]++;
    expect(splitOf("patient 1")).toBe(splitOf("patient 1"));
    expect(Math.abs(counts.train - 3_600)).toBeLessThan(100);
    expect(Math.abs(counts.validation - 200)).toBeLessThan(75);
    expect(Math.abs(counts.test - 200)).toBeLessThan(75);
  });
});
