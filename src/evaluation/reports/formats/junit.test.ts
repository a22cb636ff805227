import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { junit } from "./junit.ts";
import { testComparison, testReport } from "./test-report.ts";

describe("junit", () => {
  it("is well-formed, and fails arms that miss tasks or a threshold", () => {
    const xml = junit.write(testReport, { thresholds: [{ metric: "accuracy", least: 0.6 }] });
    const failures: string[] = [];
    const parser = new SaxesParser();
    parser.on("opentag", ({ name, attributes }) => {
      if (name === "failure") failures.push(String(attributes.message));
    });
    parser.write(xml).close();
    expect(failures).toEqual(["2 of 10 tasks failed, 1 were not asked.", "accuracy is 0.5000, below 0.6."]);
    expect(xml).toContain('tests="4" failures="2"');
  });

  it("fails for a figure that there is not", () => {
    const xml = junit.write(testReport, { thresholds: [{ metric: "bleu", least: 0 }] });
    expect(xml.match(/There is no figure bleu/g)).toHaveLength(2);
  });

  it("of two runs fails an arm that is shown to be worse", () => {
    const xml = junit.write({ ...testReport, comparison: testComparison }, { thresholds: [] });
    expect(xml).toContain(
      'name="no worse than in before"><failure message="0.2000 below first, p after Holm',
    );
    const [pair] = testComparison.pairs;
    const unsure = { ...testComparison, pairs: [{ ...pair!, gain: { ...pair!.gain, adjusted: 0.05 } }] };
    expect(junit.write({ ...testReport, comparison: unsure }, { thresholds: [] })).toContain(
      'name="no worse than in before"/>',
    );
  });
});
