import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { SampleRecord } from "../answers/answer.ts";
import type { Arm } from "../suites/arms.ts";
import { readFinalRecords, readLogIndex } from "./read-log.ts";
import { logFileOf } from "./run-arms.ts";
import { readRunFile } from "./run-file.ts";
import { openRunLog } from "./run-log.ts";
import { isInShard, type Shard, taskKey } from "./task.ts";

/**
 * Takes over answers of other runs: those of an arm with the same hash, whatever it is called, to the same sample and repeat. Failures are
 * not taken over. Resolves to how many were. To be called under the lock of the log.
 *
 * @throws MedRoundsError `run-missing`, `run-unreadable`; the errors of reading and writing
 */
export async function reuseAnswers(request: {
  folder: string;
  from: readonly string[];
  arms: readonly Arm[];
  shard?: Shard | undefined;
  signal?: AbortSignal | undefined;
}): Promise<number> {
  const { folder, from, arms, shard, signal } = request;
  if (from.length === 0) return 0;
  const answered = new Set((await readLogIndex(folder, signal)).answered);
  await using log = await openRunLog(join(folder, logFileOf(shard)));
  let taken = 0;
  for await (const record of takeOver({ from, arms, answered, signal })) {
    if (shard && !isInShard(record.sample, shard)) continue;
    await log.append(record);
    taken++;
  }
  return taken;
}

/**
 * The tasks, by `taskKey`, that a run into a folder would not ask: those that are answered there, if there is a run, and those whose answers
 * would be taken over. Rejects as `reuseAnswers` does.
 */
export async function findAnswered(request: {
  folder: string;
  from: readonly string[];
  arms: readonly Arm[];
  signal?: AbortSignal | undefined;
}): Promise<ReadonlySet<string>> {
  const { folder, from, arms, signal } = request;
  const isThere = await stat(folder).then(
    () => true,
    () => false,
  );
  const answered = new Set(isThere ? (await readLogIndex(folder, signal)).answered : []);
  for await (const _ of takeOver({ from, arms, answered, signal }));
  return answered;
}

/** The answers of other runs to tasks that are not answered yet, each once. */
async function* takeOver(request: {
  from: readonly string[];
  arms: readonly Arm[];
  answered: Set<string>;
  signal: AbortSignal | undefined;
}): AsyncGenerator<SampleRecord, void> {
  const { from, arms, answered, signal } = request;
  const byHash = new Map(arms.map((arm) => [arm.hash, arm.id]));
  for (const other of from) {
    const run = await readRunFile(other, signal);
    const here = new Map(run.arms.map(({ id, hash }) => [id, byHash.get(hash)]));
    for await (const record of readFinalRecords(other, signal)) {
      const arm = here.get(record.arm);
      if (record.state !== "answered" || arm === undefined) continue;
      const task = { ...record, arm };
      if (answered.has(taskKey(task))) continue;
      answered.add(taskKey(task));
      yield task;
    }
  }
}
