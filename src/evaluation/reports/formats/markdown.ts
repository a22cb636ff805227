import type { Report, ReportArm, ReportDataSet, ReportLeaks } from "#contracts";
import { pairCells, pairHead } from "./pair-cells.ts";
import type { ReportFormat } from "./report-format.ts";
import { sayFigure, sayInterval, sayP, signed, tableCells, tableHead } from "./table-cells.ts";

/** Tables and sentences in GitHub's Markdown; text from outside is inert in it. */
export const markdown: ReportFormat = {
  name: "markdown",
  write(report) {
    const { title, name, profile, seeds, repeats, starts, dataSets, arms, notes, notice } = report;
    const last = starts.at(-1);
    return `${[
      `# ${inert(title)}`,
      `> ${notice}`,
      `Run ${inert(name)}, answers read by the profile ${inert(profile)}; seeds ${seeds.join(", ")}, ${repeats} a sample.${last ? ` MedRounds ${inert(last.medrounds)}, suite ${last.suiteHash.slice(0, 12)}.` : ""}`,
      ...notes.map((note) => `Note: ${inert(note)}`),
      ...tellComparison(report),
      ...dataSets.flatMap((dataSet) => tellDataSet(dataSet, report)),
      ...(arms.length === 0 ? ["There is no arm."] : []),
    ].join("\n\n")}\n`;
  },
};

function tellComparison(report: Report): string[] {
  if (!report.comparison) return [];
  const { first, second, pairs, alone } = report.comparison;
  const rows = pairs.map((pair) => pairCells(pair, report));
  return [
    `## ${inert(second)} over ${inert(first)}`,
    pairs.length > 0 ? table(pairHead(first, second), rows) : "The runs have no task in common.",
    ...pairs.map((pair) => `${inert(pair.second)}: ${pair.gain.sentences.join(" ")}`),
    ...(alone.length > 0 ? [`Without a counterpart: ${alone.map(inert).join(", ")}.`] : []),
  ];
}

function tellDataSet(dataSet: ReportDataSet, { arms: all }: Report): string[] {
  const arms = all.filter((arm) => arm.dataSet === dataSet.name);
  const { card, leaks } = dataSet;
  return [
    `## ${inert(dataSet.name)}`,
    `${dataSet.samples} samples in ${dataSet.groups} groups, ${dataSet.images} images, ${dataSet.refused} rows refused. License: ${inert(card.license)}. Contamination: ${inert(card.contamination)}`,
    ...leaks.filter(({ checked }) => checked > 0).map(tellLeaks),
    table(tableHead, arms.map(tableCells)),
    ...arms.flatMap(tellGain),
    ...arms.flatMap(tellFigures),
  ];
}

function tellLeaks({ of, sources, checked, touched, reasons }: ReportLeaks): string {
  const why = Object.entries(reasons).map(([reason, amount]) => `${reason} ${amount}`);
  const among = of === "libraries" ? "what the libraries hold for" : "the examples shown under";
  return `Leaks: ${touched} of ${checked} samples are touched by ${among} ${sources.map(inert).join(", ")}${why.length === 0 ? "" : ` (${why.join(", ")})`}.`;
}

function tellGain({ run, model, condition, seed, gain }: ReportArm): string[] {
  if (!gain) return [];
  const { over, difference, interval, pValue, test, samples, gained, lost, sentences } = gain;
  return [
    `${run === null ? "" : `${inert(run)}: `}${inert(model)}, ${inert(condition)}, seed ${seed}: ${signed(difference)} (${sayInterval(interval)}) over ${inert(over)} on ${samples} common tasks, ${gained} gained and ${lost} lost; test: ${test}, p ${sayP(pValue)}. ${sentences.join(" ")}`,
  ];
}

function tellFigures({ id, figures, untouched, isBaseline }: ReportArm): string[] {
  const rows = [
    ...figures,
    ...(untouched ? [{ ...untouched, title: `${untouched.title}, untouched samples` }] : []),
  ];
  if (isBaseline || rows.length < 2) return [];
  return [
    `### ${inert(id)}`,
    table(
      ["Figure", "Value", "95 % interval", "Samples", "Groups"],
      rows.map(({ title, value, interval, samples, groups }) => [
        ...[title, sayFigure(value), sayInterval(interval)],
        ...[String(samples), String(groups)],
      ]),
    ),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(inert).join(" | ")} |`;
  return [line(head), line(head.map((_, column) => (column === 0 ? "---" : "---:"))), ...rows.map(line)]
    .join("\n")
    .replaceAll("\\-\\-\\-", "---");
}

/** Text as Markdown that shows it as it is: on one line, no element, link, emphasis or column begins in it. */
function inert(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replace(/[\\`*_[\]|!]/g, "\\$&");
}
