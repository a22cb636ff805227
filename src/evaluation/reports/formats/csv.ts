import type { Report, ReportComparison } from "#contracts";
import { pairFigures } from "./pair-cells.ts";
import type { ReportFormat } from "./report-format.ts";

const columns = [
  "data_set",
  "model",
  "condition",
  "seed",
  "baseline",
  "metric",
  "value",
  "low",
  "high",
  "samples",
  "groups",
  "tasks",
  "missing",
  "failed",
  "unparsed",
  "refused",
  "abstained",
];

const pairColumns = [
  ...[
    "data_set",
    "arm",
    "first",
    "second",
    "first_value",
    "second_value",
    "metric",
    "difference",
    "low",
    "high",
  ],
  ...["p", "p_holm", "test", "samples", "gained", "lost"],
];

/** One line for each figure of each arm (RFC 4180), in full precision; of two runs one for each pair of arms. A cell that a spreadsheet would take for a formula is quoted by an apostrophe. */
export const csv: ReportFormat = {
  name: "csv",
  write(report) {
    const { arms, comparison } = report;
    if (comparison) return toText(pairColumns, pairRows(comparison, report));
    const rows = arms.flatMap(({ dataSet, model, condition, seed, isBaseline, figures, counts }) =>
      figures.map(({ metric, value, interval, samples, groups }) => [
        ...[dataSet, model, condition, seed, isBaseline, metric, value, ...(interval ?? [null, null])],
        ...[samples, groups, counts.tasks, counts.missing, counts.failed],
        ...[counts.unparsed, counts.refused, counts.abstained],
      ]),
    );
    return toText(columns, rows);
  },
};

type Cell = string | number | boolean | null;

function pairRows({ pairs }: ReportComparison, report: Report): Cell[][] {
  return pairs.map((pair) => {
    const { dataSet, first, second, gain } = pair;
    const { name, before, after } = pairFigures(pair, report);
    return [
      ...[dataSet, name, first, second, before, after, gain.metric, gain.difference],
      ...[...(gain.interval ?? [null, null]), gain.pValue, gain.adjusted, gain.test],
      ...[gain.samples, gain.gained, gain.lost],
    ];
  });
}

function toText(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = rows.map((row) => row.map(cell).join(","));
  return `${[head.join(","), ...lines].join("\r\n")}\r\n`;
}

function cell(value: Cell): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  const inert = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
