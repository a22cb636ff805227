import { describe, expect, it } from "vitest";
import { medicalNotice } from "#contracts";
import { markdown } from "./markdown.ts";
import { testComparison, testReport } from "./test-report.ts";

describe("markdown", () => {
  const text = markdown.write(testReport, { thresholds: [] });

  it("has notice, data set, leaks, a table and the sentence about zero", () => {
    expect(text).toContain(medicalNotice);
    expect(text).toContain(
      "Leaks: 2 of 10 samples are touched by what the libraries hold for texts (samePatient 2).",
    );
    expect(text).toContain("The interval includes zero");
    expect(text).toContain("| --- | ---: |");
  });

  it("has as many cells in each line of a table, and no element from outside", () => {
    for (const line of text.split("\n").filter((one) => one.startsWith("| ")))
      expect(line.match(/(?<!\\)\|/g)?.length).toBe(10);
    expect(text).not.toContain("<c>");
  });

  it("of two runs begins with what the second gains", () => {
    const both = markdown.write({ ...testReport, comparison: testComparison }, { thresholds: [] });
    expect(both).toContain("## after over before");
    expect(both).toContain("| −0.200 | −0.300 to −0.100 | 0.020 | 7 | 0 | 2 | 0.500 | 0.700 |");
    expect(both).toContain("Without a counterpart: majority.");
  });
});
