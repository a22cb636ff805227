import { describe, expect, it } from "vitest";
import { latex } from "./latex.ts";
import { testComparison, testReport } from "./test-report.ts";

describe("latex", () => {
  it("is a booktabs table with nine columns in every line, and no bare mark of LaTeX", () => {
    const text = latex.write(testReport, { thresholds: [] });
    const rows = text.split("\n").filter((line) => line.endsWith("\\\\"));
    expect(rows).toHaveLength(4);
    for (const row of rows) expect(row.match(/(?<!\\)&/g)).toHaveLength(8);
    expect(rows[1]).toContain(
      'a"b,$<$c$>$\\&|\\_\\$\\%\\#\\textasciitilde{}\\textasciicircum{}\\textbackslash{} =1',
    );
    expect(text).toContain("\\toprule");
    expect(text).toContain("+0.200 ($-$0.100 to 0.500)");
  });

  it("of two runs has a table of ten columns first", () => {
    const text = latex.write({ ...testReport, comparison: testComparison }, { thresholds: [] });
    const [head, pair] = text.split("\n").filter((line) => line.endsWith("\\\\"));
    expect([head, pair].map((row) => row?.match(/(?<!\\)&/g)?.length)).toEqual([9, 9]);
    expect(text.indexOf("What after gains over before")).toBeLessThan(text.indexOf("films: 10 samples"));
  });
});
