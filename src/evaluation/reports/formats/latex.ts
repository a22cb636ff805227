import type { Report } from "#contracts";
import { pairCells, pairHead } from "./pair-cells.ts";
import type { ReportFormat } from "./report-format.ts";
import { tableCells, tableHead } from "./table-cells.ts";

/** A booktabs table for each data set, of two runs first one of what the second gains; needs `\\usepackage{booktabs}`. */
export const latex: ReportFormat = {
  name: "latex",
  write(report) {
    const { dataSets, arms, notice } = report;
    const tables = dataSets.map(({ name, samples, groups }) =>
      table({
        caption: `${texText(name)}: ${samples} samples in ${groups} groups; intervals at 95\\,\\%, $p$ after Holm.`,
        head: tableHead,
        rows: arms.filter(({ dataSet }) => dataSet === name).map(tableCells),
      }),
    );
    return `${[`% ${notice}`, ...comparisonTable(report), ...tables].join("\n\n")}\n`;
  },
};

function comparisonTable(report: Report): string[] {
  if (!report.comparison) return [];
  const { first, second, pairs } = report.comparison;
  return [
    table({
      caption: `What ${texText(second)} gains over ${texText(first)} on common tasks; intervals at 95\\,\\%, $p$ after Holm.`,
      head: pairHead(first, second),
      rows: pairs.map((pair) => pairCells(pair, report)),
    }),
  ];
}

/** Two columns of words, the others of figures. */
function table(request: {
  caption: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
}): string {
  const { caption, head, rows } = request;
  return [
    "\\begin{table}",
    "\\centering",
    `\\caption{${caption}}`,
    `\\begin{tabular}{ll${"r".repeat(head.length - 2)}}`,
    "\\toprule",
    row(head),
    "\\midrule",
    ...rows.map(row),
    "\\bottomrule",
    "\\end{tabular}",
    "\\end{table}",
  ].join("\n");
}

function row(cells: readonly string[]): string {
  return `${cells.map(texText).join(" & ")} \\\\`;
}

const marks: Record<string, string> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "–": "--",
  "−": "$-$",
  "<": "$<$",
  ">": "$>$",
};

/** Text that LaTeX sets as it is, on one line. */
function texText(text: string): string {
  const line = text.replace(/[\p{Cc}\s]+/gu, " ").trim();
  return line.replace(/[\\~^–−<>#$%&_{}]/g, (mark) => marks[mark] ?? `\\${mark}`);
}
