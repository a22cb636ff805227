import type { ReportExemplar, ReportSample } from "#contracts";
import type { AnswerScore, SampleRecord, ScoredSample, ShownExemplar } from "../answers/answer.ts";
import { toScoredSample } from "../answers/score-samples.ts";
import { readFinalRecords } from "../runner/read-log.ts";
import type { RunFile } from "../runner/run-file.ts";
import { type RunSample, readRunSamples } from "../runner/run-samples.ts";
import { taskKey } from "../runner/task.ts";
import { sayExtraction, sayGold } from "./gold-words.ts";
import { readScores } from "./read-scores.ts";
import type { SampleTable } from "./row-table.ts";

/** All of a run that its figures are made of. */
export type CollectedRun = {
  /** By the arms' ids; without rounds' events. */
  scored: ReadonlyMap<string, readonly ScoredSample[]>;
  samples: ReadonlyMap<string, readonly RunSample[]>;
  usage: ReadonlyMap<string, readonly SampleUsage[]>;
};

type SampleUsage = {
  inputTokens: number | null;
  outputTokens: number | null;
  costMicrodollars: number | null;
};

const unscored: AnswerScore = { extraction: null, correct: null, measures: {} };

/**
 * Reads a run from its folder into a table. `onSample` is given each task in full, in the order of the log, and is waited for: what it does
 * not keep is not kept at all.
 *
 * @throws MedRoundsError `run-unscored`, and the errors of reading files
 */
export async function collectRun(request: {
  folder: string;
  run: RunFile;
  table: SampleTable;
  /** What the table names an arm. */
  nameArm: (id: string) => string;
  onSample: (sample: ReportSample) => Promise<void> | void;
  signal?: AbortSignal | undefined;
}): Promise<CollectedRun> {
  const { folder, run, table, nameArm, onSample, signal } = request;
  const scores = await readScores(folder, signal);
  const samples = await readRunSamples(folder, signal);
  const scored = new Map(run.arms.map(({ id }): [string, ScoredSample[]] => [id, []]));
  const usage = new Map(run.arms.map(({ id }): [string, SampleUsage[]] => [id, []]));
  const firstArm = table.addArms(run.arms.map(({ id }) => nameArm(id)));
  const armNumbers = new Map(run.arms.map(({ id }, number) => [id, number]));
  for (const [dataSet, asked] of samples) table.addSamples(dataSet, asked);
  for await (const record of readFinalRecords(folder, signal)) {
    const arm = armNumbers.get(record.arm);
    const dataSet = arm === undefined ? undefined : run.arms[arm]?.dataSet;
    const place = dataSet === undefined ? undefined : table.find(dataSet, record.sample);
    if (arm === undefined || dataSet === undefined || place === undefined) continue;
    const score = scores.get(taskKey(record)) ?? unscored;
    const one = toScoredSample(record, { sample: place.sample, score });
    scored.get(record.arm)?.push(one);
    if (record.state === "answered") usage.get(record.arm)?.push(record.answer.usage);
    const show = (exemplar: ShownExemplar) => tellExemplar(exemplar, { table, dataSet });
    const detail = toDetail(record, { sample: place.sample, score, show });
    table.add({
      arm: firstArm + arm,
      place: place.number,
      record,
      one,
      said: detail.extracted ?? detail.answer?.output ?? "",
    });
    await onSample(detail);
  }
  return { scored, samples, usage };
}

/** Logs of older versions name an example's sample alone: it may be one that was asked about, too. */
function tellExemplar(
  { sample: id, label, sourceId, images, similarity = null }: ShownExemplar,
  { table, dataSet }: { table: SampleTable; dataSet: string },
): ReportExemplar {
  const asked = table.find(dataSet, id)?.sample;
  const hashes = images ?? asked?.images.map(({ sha256 }) => sha256) ?? [];
  return {
    ...{ sample: id, sourceId: sourceId ?? asked?.sourceId ?? id, label, similarity },
    images: hashes.map(table.imagePlace),
  };
}

function toDetail(
  record: SampleRecord,
  {
    sample,
    score,
    show,
  }: { sample: RunSample; score: AnswerScore; show: (exemplar: ShownExemplar) => ReportExemplar },
): ReportSample {
  const { sourceId, question, options, images, gold, group, tags } = sample;
  return {
    ...{ sourceId, question, options, images, group, tags },
    gold: sayGold(gold, options),
    at: record.at,
    attempts: record.attempts,
    failure: record.state === "failed" ? record.failure : null,
    extracted: sayExtraction(score.extraction, options),
    answer:
      record.state === "answered" ? { ...record.answer, exemplars: record.answer.exemplars.map(show) } : null,
  };
}
