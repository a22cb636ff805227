import type { Report, ReportArm } from "#contracts";
import type { ReportFormat, Threshold } from "./report-format.ts";

/**
 * A test case for each arm and threshold, which fails where the arm's figure is below it or cannot be told; and one for each arm that fails where
 * tasks failed or were not asked. Of two runs, also one for each arm of the second that fails where it is shown to be worse: p after Holm is
 * below 0.05. In the form that continuous integration reads (JUnit XML of Apache Ant).
 */
export const junit: ReportFormat = {
  name: "junit",
  write(report, { thresholds }) {
    const { name, dataSets, arms, notice } = report;
    const suites = dataSets.map((dataSet) => {
      const cases = arms
        .filter((arm) => arm.dataSet === dataSet.name && !arm.isBaseline)
        .flatMap((arm) => [
          coverageCase(arm),
          ...lossCases(arm, report),
          ...thresholds.map((threshold) => thresholdCase(arm, threshold)),
        ]);
      const failures = cases.filter(({ failure }) => failure !== null).length;
      return `  <testsuite name="${attribute(dataSet.name)}" tests="${cases.length}" failures="${failures}">\n${cases.map(write).join("")}  </testsuite>\n`;
    });
    return `<?xml version="1.0" encoding="UTF-8"?>\n<!-- ${notice.replaceAll("--", "-")} -->\n<testsuites name="${attribute(name)}">\n${suites.join("")}</testsuites>\n`;
  },
};

type TestCase = { arm: string; name: string; failure: string | null };

function coverageCase({ id, counts: { tasks, missing, failed } }: ReportArm): TestCase {
  const failure =
    missing + failed === 0 ? null : `${failed} of ${tasks} tasks failed, ${missing} were not asked.`;
  return { arm: id, name: "all tasks answered", failure };
}

function lossCases({ id }: ReportArm, { comparison }: Report): TestCase[] {
  const pair = comparison?.pairs.find(({ second }) => second === id);
  if (!comparison || !pair) return [];
  const { difference, adjusted } = pair.gain;
  const isWorse = difference < 0 && adjusted < 0.05;
  const failure = `${(-difference).toFixed(4)} below ${pair.first}, p after Holm ${adjusted.toFixed(4)}.`;
  return [{ arm: id, name: `no worse than in ${comparison.first}`, failure: isWorse ? failure : null }];
}

function thresholdCase({ id, figures }: ReportArm, { metric, least }: Threshold): TestCase {
  const value = figures.find((figure) => figure.metric === metric)?.value ?? null;
  const name = `${metric} at least ${least}`;
  if (value === null) return { arm: id, name, failure: `There is no figure ${metric}.` };
  return {
    arm: id,
    name,
    failure: value >= least ? null : `${metric} is ${value.toFixed(4)}, below ${least}.`,
  };
}

function write({ arm, name, failure }: TestCase): string {
  const open = `    <testcase classname="${attribute(arm)}" name="${attribute(name)}"`;
  return failure === null ? `${open}/>\n` : `${open}><failure message="${attribute(failure)}"/></testcase>\n`;
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text as an attribute's value, without characters that XML 1.0 has no place for (section 2.2). */
function attribute(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\uFFFE\uFFFF]/gu, " ")
    .replace(/[&<>"]/g, (mark) => entities[mark]!);
}
