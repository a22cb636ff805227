import { basename, dirname, resolve } from "node:path";
import {
  type CaseRetriever,
  type CaseRun,
  type CaseSplit,
  compareCaseRuns,
  type EvaluatedCase,
  runCaseRetrieval,
} from "#evaluation";
import { createLeakGuard, type GuardedItem } from "../leak-guard.ts";
import type { CaseEvaluation, CaseEvaluationRequest } from "./case-evaluation.ts";
import type { EvaluatedSet } from "./read-set.ts";

const fewestQueries = 30;
const fewestGroups = 20;

/** Runs every retriever over the same splits of the same cases, compares each with the first, and looks for leaks in each split. */
export async function measure(prepared: {
  request: CaseEvaluationRequest;
  set: EvaluatedSet;
  cases: readonly EvaluatedCase[];
  groups: readonly string[];
  splits: readonly CaseSplit[];
  retrievers: readonly CaseRetriever[];
  /** What the guard against leaks gets of the case at a position. */
  guarded: (position: number) => GuardedItem;
  notes: readonly string[];
}): Promise<CaseEvaluation> {
  const { request, set, cases, groups, splits, retrievers, guarded } = prepared;
  const { votes, precisionOver = "k", seed, signal, onProgress, manifest, grouping, task } = request;
  const total = retrievers.length * splits.reduce((sum, { queries }) => sum + queries.length, 0);
  const runs: CaseRun[] = [];
  let before = 0;
  for (const retriever of retrievers) {
    const run = await runCaseRetrieval({
      cases,
      groups,
      splits,
      votes,
      precisionOver,
      seed,
      retriever,
      ...(signal ? { signal } : {}),
      onProgress: (done) =>
        onProgress?.({ stage: "searching", items: before + done, share: (before + done) / total }),
    });
    before += run.queries.length;
    runs.push(run);
  }
  const guard = createLeakGuard();
  const checked: CaseEvaluation["splits"] = [];
  for (const { queries, library } of splits) {
    const leaks = await guard.check({
      queries: queries.map(guarded),
      library: library.map(guarded),
      ...(signal ? { signal } : {}),
    });
    checked.push({ queries: queries.length, library: library.length, leaks });
  }
  const [first, ...others] = runs;
  const classes = Map.groupBy(set.cases, (found) => found.class ?? "");
  return {
    set: {
      name: basename(dirname(resolve(manifest))),
      images: set.cases.length,
      withoutClass: set.withoutClass,
      refused: set.refused,
      grouping,
      groups: new Set(set.groups).size,
      task,
      classes: [...classes]
        .map(([name, found]) => ({ class: name, images: found.length }))
        .sort((a, b) => (a.class < b.class ? -1 : 1)),
    },
    splits: checked,
    describing: set.describing,
    runs,
    comparisons: first ? others.map((second) => compareCaseRuns({ first, second, seed })) : [],
    notes: [...prepared.notes, ...warn(prepared)],
  };
}

function warn({
  splits,
  groups,
  set,
}: {
  splits: readonly CaseSplit[];
  groups: readonly string[];
  set: EvaluatedSet;
}) {
  const asked = new Set(splits.flatMap(({ queries }) => queries));
  const clusters = new Set([...asked].map((position) => groups[position]!));
  const classes = new Set(set.cases.map((found) => found.class));
  return [
    ...(asked.size < fewestQueries
      ? [`only ${asked.size} images are asked about: the figures say little`]
      : []),
    ...(clusters.size < fewestGroups
      ? [`only ${clusters.size} patients, slides or ids are asked about: the intervals are too narrow`]
      : []),
    ...(classes.size < 2 ? ["all images are of one class: the vote says nothing"] : []),
  ];
}
