import { summarize } from "#evaluation";
import { holm } from "#statistics";
import type { AnswerMetric, ScoredSample } from "../../src/evaluation/answers/answer.ts";
import { abstentionRate } from "../../src/evaluation/answers/metrics/abstention-rate.ts";
import { accuracy } from "../../src/evaluation/answers/metrics/accuracy.ts";
import { answeredAccuracy } from "../../src/evaluation/answers/metrics/answered-accuracy.ts";
import { balancedAccuracy } from "../../src/evaluation/answers/metrics/balanced-accuracy.ts";
import { calibrationError } from "../../src/evaluation/answers/metrics/calibration-error.ts";
import { macroF1 } from "../../src/evaluation/answers/metrics/macro-f1.ts";
import { compareArms } from "../../src/evaluation/answers/summary/compare-arms.ts";
import type { Answered } from "./run.ts";

const seed = 1;

export type Pair = {
  dataSet: string;
  name: string;
  over: string;
  one: readonly ScoredSample[];
  other: readonly ScoredSample[];
};

/** What each arm and rule reaches. */
export function figureTable(rows: readonly Answered[], kind: "classes" | "choices"): string {
  const shown: readonly AnswerMetric[] =
    kind === "classes"
      ? [accuracy, balancedAccuracy, macroF1, abstentionRate, answeredAccuracy]
      : [accuracy, abstentionRate, answeredAccuracy, calibrationError];
  const head = ["set", "by", ...shown.map(({ title }) => title)];
  let before = "";
  const cells = rows.map(({ dataSet, name, isBaseline, scored }) => {
    const own = isBaseline ? shown.filter((metric) => !sayingMetrics.includes(metric)) : shown;
    const figures = summarize(scored, own, { seed });
    const set = dataSet === before ? "" : `${dataSet} (${scored.length})`;
    before = dataSet;
    return [
      ...[set, name],
      ...shown.map((metric) => {
        const figure = figures.find(({ name }) => name === metric.name);
        return figure === undefined || figure.value === null ? "" : show(figure.value, figure.interval);
      }),
    ];
  });
  return table(head, cells);
}

/** Of a rule it says nothing that it always answers. */
const sayingMetrics: readonly AnswerMetric[] = [abstentionRate, answeredAccuracy, calibrationError];

/** What one gains over others on the same samples; p values are adjusted over the whole table (Holm 1979). */
export function gainTable(pairs: readonly Pair[]): string {
  const compared = pairs.flatMap(({ dataSet, name, over, one, other }) => {
    const found = compareArms(other, one, { metric: accuracy, seed });
    return found ? [{ ...found, dataSet, name, over }] : [];
  });
  const adjusted = holm(compared.map(({ pValue }) => pValue));
  const head = ["set", "by", "over", "accuracy gained", "p (Holm)", "test", "interval includes zero"];
  const cells = compared.map(({ dataSet, name, over, difference, interval, test }, place) => {
    const includesZero = interval === null || (interval[0] <= 0 && interval[1] >= 0);
    const p = adjusted[place] ?? 1;
    return [
      ...[dataSet, name, over, show(difference, interval, true)],
      ...[p < 0.001 ? "< 0.001" : p.toFixed(3), test, includesZero ? "yes" : "no"],
    ];
  });
  return table(head, cells);
}

function show(value: number, interval: readonly [number, number] | null, isSigned = false): string {
  const number = (one: number) => `${isSigned && one > 0 ? "+" : ""}${one.toFixed(3)}`.replace("-", "−");
  return interval ? `${number(value)} (${interval.map(number).join(" to ")})` : number(value);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
