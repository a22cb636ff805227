import type { ReportArm, ReportFigure, ReportReliability } from "#contracts";
import { holm, reliabilityCurve } from "#statistics";
import type { AnswerMetric, ScoredSample } from "../answers/answer.ts";
import { countOutcomes } from "../answers/outcome-of.ts";
import { inSampleOrder } from "../answers/summary/sample-order.ts";
import { type AnswerFigure, summarize } from "../answers/summary/summarize.ts";
import type { RunBaseline } from "../runner/run-baselines.ts";
import type { RunFile } from "../runner/run-file.ts";
import type { DataSetLeaks } from "../runner/run-leaks.ts";
import type { CollectedRun } from "./collect-run.ts";
import { tellConfusion } from "./confusion.ts";
import { tellGain } from "./gain.ts";
import { tellTags } from "./tag-rows.ts";

/** The figures of every arm of a run. The p values of the gains are adjusted over all of them (Holm 1979). */
export function tellArms(request: {
  run: RunFile;
  collected: CollectedRun;
  metrics: readonly AnswerMetric[];
  leaks: readonly DataSetLeaks[];
  baselines: readonly RunBaseline[];
}): ReportArm[] {
  const { run, collected, metrics, baselines } = request;
  const arms = run.arms.map((arm): ReportArm => {
    const { id, hash, dataSet, model, condition, seed } = arm;
    const scored = inSampleOrder(collected.scored.get(id) ?? []);
    const samples = collected.samples.get(dataSet) ?? [];
    const tasks = samples.length * (run.suite.repeats ?? 1);
    const first = firstArm(run, arm);
    const touched = touchedOf(arm, request.leaks);
    const [untouched = null] =
      touched.size > 0
        ? summarize(
            scored.filter(({ sample }) => !touched.has(sample)),
            metrics.slice(0, 1),
            { seed },
          ).map(toFigure)
        : [];
    return {
      ...{ id, hash, dataSet, model, condition, seed, isBaseline: false, run: null },
      exemplars: exemplarsOf(run, arm),
      counts: {
        tasks,
        missing: Math.max(0, tasks - scored.length),
        failed: scored.filter(({ answer }) => answer === null).length,
        ...countOutcomes(scored),
      },
      usage: sumUsage(collected.usage.get(id) ?? []),
      figures: summarize(scored, metrics, { seed }).map(toFigure),
      gain:
        first === null ? null : tellGain(collected.scored.get(first) ?? [], scored, { over: first, seed }),
      confusion: tellConfusion(scored),
      reliability: tellReliability(scored),
      tags: tellTags(scored, seed),
      untouched,
    };
  });
  return [...adjustGains(arms), ...baselines.map((baseline) => tellBaseline(baseline, metrics))];
}

/** Of a rule without a model the figures that arms are compared by are enough. */
const baselineMetrics = 3;

function tellBaseline(
  { dataSet, name, title, scored: all }: RunBaseline,
  metrics: readonly AnswerMetric[],
): ReportArm {
  const scored = inSampleOrder(all);
  const seed = 1;
  // A rule of classes or options has nothing to say to an open question.
  const uncovered = scored.filter(({ answer }) => answer === null).length;
  return {
    ...{ id: `${dataSet}.${name}`, hash: null, dataSet, model: title, condition: "baseline", seed },
    ...{ isBaseline: true, run: null, exemplars: null },
    counts: { tasks: scored.length, missing: uncovered, failed: 0, unparsed: 0, refused: 0, abstained: 0 },
    usage: sumUsage([]),
    figures: summarize(scored, metrics.slice(0, baselineMetrics), { seed }).map(toFigure),
    gain: null,
    confusion: tellConfusion(scored),
    reliability: null,
    tags: [],
    untouched: null,
  };
}

function toFigure({ name, of: _, clusters, ...figure }: AnswerFigure): ReportFigure {
  return { ...figure, metric: name, groups: clusters };
}

function exemplarsOf({ suite }: RunFile, arm: RunFile["arms"][number]): ReportArm["exemplars"] {
  const condition = suite.conditions.find(({ name }) => name === arm.condition);
  return condition?.type === "few-shot" ? condition.exemplars : null;
}

/** What any library holds, for all arms alike, so that they can be compared; and what the arm's own examples touched. */
function touchedOf(
  { dataSet, condition }: RunFile["arms"][number],
  leaks: readonly DataSetLeaks[],
): Set<string> {
  const own = leaks.filter(
    (leak) => leak.dataSet === dataSet && (leak.of === "libraries" || leak.sources.includes(condition)),
  );
  return new Set(own.flatMap(({ touched }) => Object.keys(touched)));
}

/** The first condition of the same data set, model and seed; null for that one itself. */
function firstArm({ arms }: RunFile, arm: RunFile["arms"][number]): string | null {
  const first = arms.find(
    ({ dataSet, model, seed }) => dataSet === arm.dataSet && model === arm.model && seed === arm.seed,
  );
  return first === undefined || first.id === arm.id ? null : first.id;
}

function adjustGains(arms: readonly ReportArm[]): ReportArm[] {
  const gains = arms.flatMap(({ gain }) => (gain ? [gain] : []));
  const adjusted = new Map(
    holm(gains.map(({ pValue }) => pValue)).map((value, place) => [gains[place], value]),
  );
  return arms.map((arm) =>
    arm.gain ? { ...arm, gain: { ...arm.gain, adjusted: adjusted.get(arm.gain) ?? 1 } } : arm,
  );
}

function sumUsage(all: readonly ReportArm["usage"][]): ReportArm["usage"] {
  const sum = (key: keyof ReportArm["usage"]) =>
    all.length === 0
      ? null
      : all.reduce<number | null>((total, usage) => {
          const value = usage[key];
          return total === null || value === null ? null : total + value;
        }, 0);
  return {
    inputTokens: sum("inputTokens"),
    outputTokens: sum("outputTokens"),
    costMicrodollars: sum("costMicrodollars"),
  };
}

function tellReliability(scored: readonly ScoredSample[]): ReportReliability | null {
  const sure = scored.flatMap(({ answer, correct, extraction }) =>
    answer && answer.confidence !== null && correct !== null && extraction?.state === "parsed"
      ? [{ confidence: answer.confidence, correct: correct === 1 }]
      : [],
  );
  return sure.length === 0 ? null : reliabilityCurve(sure);
}
