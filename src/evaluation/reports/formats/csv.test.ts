import { describe, expect, it } from "vitest";
import { csv } from "./csv.ts";
import { testComparison, testReport } from "./test-report.ts";

describe("csv", () => {
  it("has a line for each figure, with quotes doubled and empty cells where nothing is known", () => {
    const lines = csv.write(testReport, { thresholds: [] }).split("\r\n");
    expect(lines).toHaveLength(5);
    expect(lines[1]).toContain('"a""b,<c>');
    expect(lines[1]).toContain(",accuracy,0.5,0.25,0.75,10,5,10,1,2,3,0,0");
    expect(lines[2]).toContain(",accuracy,0.7,,,10,5,");
  });

  it("gives a spreadsheet no formula", () => {
    const [first] = testReport.arms;
    const text = csv.write({ ...testReport, arms: [{ ...first!, model: "=SUM(A1)" }] }, { thresholds: [] });
    expect(text).toContain(",'=SUM(A1),");
  });

  it("of two runs has a line for each pair", () => {
    const text = csv.write({ ...testReport, comparison: testComparison }, { thresholds: [] });
    const [head = "", line = "", ...rest] = text.trim().split("\r\n");
    expect(rest).toEqual([]);
    expect(head.split(",").slice(6, 12)).toEqual(["metric", "difference", "low", "high", "p", "p_holm"]);
    expect(line).toMatch(
      /,first,second,0.5,0.7,accuracy,-0.2,-0.3,-0.1,0.01,0.02,McNemar's exact test,7,0,2$/,
    );
  });
});
