import { basename, isAbsolute } from "node:path";
import { medicalNotice, type Report, type ReportLeaks } from "#contracts";
import type { RunBaseline } from "../runner/run-baselines.ts";
import type { RunFile } from "../runner/run-file.ts";
import type { DataSetLeaks } from "../runner/run-leaks.ts";
import { chooseMetrics } from "../suites/choose-metrics.ts";
import type { CollectedRun } from "./collect-run.ts";
import { tellArms } from "./report-arms.ts";

/** All figures of a run; a pure function of what was collected. */
export function buildReport(request: {
  run: RunFile;
  collected: CollectedRun;
  /** Of each data set, where they were looked for. */
  leaks?: readonly DataSetLeaks[] | undefined;
  baselines?: readonly RunBaseline[] | undefined;
}): Report {
  const { run, collected, leaks = [], baselines = [] } = request;
  const { suite } = run;
  return {
    version: 1,
    name: run.name,
    title: suite.title ?? run.name,
    profile: run.scorings?.at(-1)?.profile ?? suite.profile,
    starts: run.starts,
    seeds: suite.seeds,
    repeats: suite.repeats,
    dataSets: run.dataSets.map(({ refused, card, ...dataSet }) => {
      const own = leaks.filter((one) => one.dataSet === dataSet.name);
      return { ...dataSet, card, refused: refused.length, leaks: own.map(countLeaks) };
    }),
    arms: tellArms({ run, collected, metrics: chooseMetrics(suite.metrics), leaks, baselines }),
    leftOut: run.leftOut,
    suite: JSON.stringify(suite, withoutPlaces, 2),
    notes: [...run.notes, ...(run.scorings?.at(-1)?.notes ?? [])],
    comparison: null,
    notice: medicalNotice,
  };
}

function countLeaks({ of, sources, checked, touched }: DataSetLeaks): ReportLeaks {
  const reasons: Record<string, number> = {};
  for (const reason of Object.values(touched).flat()) reasons[reason] = (reasons[reason] ?? 0) + 1;
  return { of, sources, checked, touched: Object.keys(touched).length, reasons };
}

/** Paths of this machine tell others nothing, and its owner more than he wants told. */
function withoutPlaces(_: string, value: unknown): unknown {
  return typeof value === "string" && isAbsolute(value) ? basename(value) : value;
}
