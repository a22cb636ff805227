import { describe, expect, it } from "vitest";
import { medicalNotice } from "#contracts";
import { markdown } from "./markdown.ts";
import { testReport } from "./test-report.ts";

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
});
