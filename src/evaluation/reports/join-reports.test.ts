import { describe, expect, it } from "vitest";
import { testComparison, testReport } from "./formats/test-report.ts";
import { joinReports } from "./join-reports.ts";

describe("joinReports", () => {
  it("has the arms of both runs by other ids, and each baseline once", () => {
    const { arms } = joinReports(testReport, testReport, { ...testComparison, first: "a", second: "b" });
    expect(arms.map(({ id, run }) => [id, run])).toEqual([
      ["a: first", "a"],
      ["a: second", "a"],
      ["b: first", "b"],
      ["b: second", "b"],
      ["majority", null],
    ]);
    expect(arms[3]?.gain?.over).toBe("b: first");
  });

  it("says where the runs asked other samples or read answers otherwise", () => {
    const [dataSet] = testReport.dataSets;
    const other = {
      ...testReport,
      profile: "ralm-path",
      dataSets: [{ ...dataSet!, hash: "other", samples: 4 }],
    };
    const { notes } = joinReports(testReport, other, testComparison);
    expect(notes).toEqual([
      expect.stringContaining("a difference may come of that alone"),
      expect.stringContaining("10 in before and 4 in after"),
      "Baselines are those of before.",
    ]);
    expect(joinReports(testReport, testReport, testComparison).notes).toEqual([]);
  });
});
