import type { CaseEvaluation } from "#assembly";
import { count } from "../../render/count.ts";
import { showInterval, signed } from "../../render/figures.ts";
import { renderTable } from "../../render/table.ts";
import { plain, type Terminal, wrap } from "../../terminal.ts";
import { sayLeaks, sayLeftOut } from "./say-leaks.ts";

type Run = CaseEvaluation["runs"][number];

const refusalsShown = 5;
const classesShown = 12;
const valuesShown = 4;

/** A set, how it was split, then each retriever's figures, votes and times, then how the retrievers differ. */
export function renderCaseEvaluation(evaluation: CaseEvaluation, terminal: Terminal): string[] {
  const { runs, comparisons, describing } = evaluation;
  return [
    ...[...sayWhatWasAsked(evaluation), ...sayNotes(evaluation)].map((line) => wrap(line, terminal.width)),
    ...runs.flatMap((run) => renderRun(run, terminal)),
    ...comparisons.flatMap(renderComparison),
    "",
    `Reading and describing an image: ${sayTimes(describing)}, one at a time.`,
  ];
}

function sayWhatWasAsked({ set, splits }: CaseEvaluation): string[] {
  const groups = { patient: "patient", slide: "slide", id: "id", default: "group" }[set.grouping];
  const classes = set.classes.map(({ class: name, images }) => `${plain(name)} ${images}`);
  const more = classes.length > classesShown ? `, … and ${classes.length - classesShown} more` : "";
  const what = {
    "first-label": "the first label",
    positive: "whether there is the label",
    field: "the field",
  }[set.task.type];
  const name = set.task.type === "positive" ? ` ${plain(set.task.label)}` : "";
  const field = set.task.type === "field" ? ` ${plain(set.task.field)}` : "";
  return [
    `${plain(set.name)}: ${count(set.images, "image")} in ${count(set.groups, groups)}; ${count(splits.length, "search set")} with ${range(splits.map(({ queries }) => queries))} queries over ${range(splits.map(({ library }) => library))} cases.`,
    `The vote is on ${what}${name}${field}: ${classes.slice(0, classesShown).join(", ")}${more}.`,
  ];
}

function sayNotes({ set, notes, runs, splits }: CaseEvaluation): string[] {
  const refused = set.refused
    .toSorted((one, other) => one.line - other.line)
    .slice(0, refusalsShown)
    .map(({ line, message }) => sayRefusal(line, plain(message)));
  return [
    ...sayLeaks(splits),
    ...(runs[0] ? sayLeftOut(runs[0]) : []),
    ...(set.withoutClass > 0
      ? [`Note: ${count(set.withoutClass, "image")} without a label or class left out.`]
      : []),
    ...(set.refused.length > 0
      ? [
          `Note: ${count(set.refused.length, "row")} refused:`,
          ...refused,
          ...(set.refused.length > refused.length
            ? [`… and ${set.refused.length - refused.length} more; --json lists all.`]
            : []),
        ]
      : []),
    ...notes.map((note) => `Note: ${plain(note)}.`),
  ];
}

/** Messages about the form of a line name it themselves. */
function sayRefusal(line: number, message: string): string {
  return message.startsWith(`Line ${line} `) ? `- ${message}` : `- Line ${line}: ${message}`;
}

function renderRun(run: Run, terminal: Terminal): string[] {
  const [random, majority] = run.baselines.map(
    ({ figures }) => new Map(figures.map(({ metric, mean }) => [metric, mean.toFixed(4)])),
  );
  const rows = run.figures.map(({ metric, mean, interval, images, clusters }) => [
    metric,
    mean.toFixed(4),
    showInterval(interval),
    random?.get(metric) ?? "–",
    majority?.get(metric) ?? "–",
    String(images),
    String(clusters),
  ]);
  const head = [plain(run.retriever), "mean", "95 % interval", "random", "majority", "images", "groups"];
  return [
    "",
    ...renderTable([head, ...rows], [1, 3, 4, 5, 6]),
    ...renderVotes(run),
    ...renderParts(run, terminal),
    `A search: ${sayTimes(run.latency)}.`,
  ];
}

/** Recall and precision of the largest vote, and whom the queries of each class were taken for. */
function renderVotes({ votes }: Run): string[] {
  const last = votes.at(-1);
  if (!last || last.classes.length > classesShown) return [];
  const { k, classes, confusion } = last;
  const rows = classes.map(({ class: name, queries, recall, precision }, index) => [
    `${index + 1} ${plain(name)}`,
    String(queries),
    recall?.toFixed(4) ?? "–",
    precision?.toFixed(4) ?? "–",
    ...(confusion.counts[index] ?? []).map(String),
  ]);
  const head = [
    `vote of ${k}`,
    "queries",
    "recall",
    "precision",
    ...classes.map((_, index) => `as ${index + 1}`),
  ];
  return ["", ...renderTable([head, ...rows], head.map((_, column) => column).slice(1)), ""];
}

/** Figures within the first values of the field that was named; JSON has all. */
function renderParts({ within }: Run, terminal: Terminal): string[] {
  if (within.length === 0) return [];
  const shown = within.slice(0, valuesShown);
  const metrics = shown[0]?.figures.map(({ metric }) => metric) ?? [];
  const rows = metrics.map((metric) => [
    metric,
    ...shown.map(({ figures }) => {
      const figure = figures.find((one) => one.metric === metric);
      return figure ? `${figure.mean.toFixed(4)} (${showInterval(figure.interval)})` : "–";
    }),
  ]);
  const head = [
    "within",
    ...shown.map(({ value, figures }) => `${plain(value)}, ${count(figures[0]?.images ?? 0, "image")}`),
  ];
  const more = within.length - shown.length;
  return [
    ...renderTable([head, ...rows]),
    ...(more > 0 ? [wrap(`… and ${more} other values; --json has all.`, terminal.width)] : []),
    "",
  ];
}

function renderComparison({ first, second, differences }: CaseEvaluation["comparisons"][number]): string[] {
  const rows = differences.map(({ metric, mean, interval, conclusion }) => [
    metric,
    signed(mean),
    showInterval(interval),
    conclusion,
  ]);
  const head = [
    `${second.includes(" + ") ? `(${plain(second)})` : plain(second)} − ${plain(first)}`,
    "difference",
    "95 % interval",
    "the interval",
  ];
  return ["", ...renderTable([head, ...rows], [1])];
}

function sayTimes({ median, p95 }: { median: number; p95: number }): string {
  return `median ${median.toFixed(1)} ms, 95th percentile ${p95.toFixed(1)} ms`;
}

function range(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? String(least) : `${least} to ${most}`;
}
