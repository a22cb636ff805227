import { readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomically } from "#platform";
import type { SampleRecord, ScoredSample } from "../answers/answer.ts";
import { type Scoring, scoreSamples } from "../answers/score-samples.ts";
import type { Arm } from "../suites/arms.ts";
import { readRecords } from "./read-log.ts";
import { type RunSample, readRunSamples } from "./run-samples.ts";

/** What an arm came to: its tasks, asked or not, and those that were, in the order of the data set and without their rounds. */
export type ScoredArm = { arm: Arm; tasks: number; scored: readonly ScoredSample[] };

const fileName = "scores.jsonl";
/** Answers that are judged at once; without judges it costs nothing. */
const concurrency = 16;

/**
 * Reads the answers of a run, scores them and writes `scores.jsonl`: a line a task, the same for the same answers whatever their order in
 * the logs. With `keepsOld` the scores of before stay as `scores-1.jsonl`, `scores-2.jsonl` and so on. Records of arms and samples that
 * the suite no longer has do not count.
 *
 * @throws MedRoundsError the errors of reading and writing files; the signal's reason
 */
export async function scoreRun(
  request: Scoring & { folder: string; arms: readonly Arm[]; repeats: number; keepsOld?: boolean },
): Promise<ScoredArm[]> {
  const { folder, arms, repeats, keepsOld = false, ...scoring } = request;
  const { signal } = scoring;
  const samples = await readRunSamples(folder, signal);
  const places = new Map([...samples].map(([name, all]) => [name, placesOf(all)]));
  const rows = new Map(arms.map((arm) => [arm.id, { arm, found: new Map<number, ScoredSample>() }]));
  const placeOf = ({ arm, sample }: SampleRecord) =>
    places.get(rows.get(arm)?.arm.dataSet ?? "")?.get(sample);
  const known = knownRecords(readRecords(folder, signal), (record) => {
    return record.repeat < repeats && placeOf(record) !== undefined;
  });
  // Two data sets may hold the same sample, each with its own tags and groups.
  const sampleOf = (record: SampleRecord) =>
    samples.get(rows.get(record.arm)?.arm.dataSet ?? "")?.[placeOf(record) ?? -1];
  for await (const { record, scored } of scoreSamples(known, { ...scoring, sampleOf, concurrency })) {
    const order = (placeOf(record) ?? 0) * repeats + record.repeat;
    const found = rows.get(record.arm)?.found;
    // A failure takes back no answer.
    if (record.state === "answered" || !found?.get(order)?.answer) found?.set(order, scored);
  }
  const scored = [...rows.values()].map(({ arm, found }) => ({
    arm,
    tasks: (samples.get(arm.dataSet)?.length ?? 0) * repeats,
    scored: [...found].sort(([a], [b]) => a - b).map(([, one]) => one),
  }));
  if (keepsOld) await keepOld(folder);
  await writeFileAtomically(join(folder, fileName), scored.flatMap(linesOf).join(""));
  return scored;
}

function placesOf(samples: readonly RunSample[]): ReadonlyMap<string, number> {
  return new Map(samples.map(({ id }, place) => [id, place]));
}

async function* knownRecords(
  records: AsyncIterable<SampleRecord>,
  isKnown: (record: SampleRecord) => boolean,
): AsyncGenerator<SampleRecord, void> {
  for await (const record of records) if (isKnown(record)) yield record;
}

function linesOf({ arm, scored }: ScoredArm): string[] {
  return scored.map(({ sample, repeat, extraction, correct, measures }) => {
    return `${JSON.stringify({ arm: arm.id, sample, repeat, extraction, correct, measures })}\n`;
  });
}

/** Gives the scores that are there the next free number. */
async function keepOld(folder: string): Promise<void> {
  const names = await readdir(folder);
  if (!names.includes(fileName)) return;
  const numbers = names.map((name) => Number(/^scores-(\d+)\.jsonl$/.exec(name)?.[1] ?? 0));
  await rename(join(folder, fileName), join(folder, `scores-${Math.max(0, ...numbers) + 1}.jsonl`));
}
