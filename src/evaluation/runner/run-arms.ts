import { join } from "node:path";
import type { Failure } from "#contracts";
import type { SampleRecord } from "../answers/answer.ts";
import type { Sample } from "../samples/sample.ts";
import type { Arm } from "../suites/arms.ts";
import type { Answerer } from "./answerer.ts";
import { readLogIndex } from "./read-log.ts";
import { openRunLog } from "./run-log.ts";
import { type Lane, runTasks, type StoppedLane } from "./run-tasks.ts";
import type { SampleSource } from "./sample-source.ts";
import { isInShard, type Shard, type Task, taskKey, taskSeed } from "./task.ts";

/** How far a run is. `answered` counts what earlier runs answered, too; `failed` what failed for good in this one. */
export type RunProgress = {
  tasks: number;
  answered: number;
  failed: number;
  /** Answered in this run. */
  answeredNow: number;
  /** Of this run; null where no price is known. */
  costMicrodollars: number | null;
};

/** How many samples failed for good in a run by one kind of failure, of which the first is told. */
export type FailureCount = { failure: Failure; samples: number };

type ArmsRequest = {
  /** Where the logs lie; the caller holds the lock. */
  folder: string;
  arms: readonly Arm[];
  /** By the data sets' names. They may still be coming. */
  samples: ReadonlyMap<string, SampleSource>;
  repeats: number;
  retries: number;
  shard?: Shard | undefined;
  open(arm: Arm): Answerer;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: RunProgress) => void) | undefined;
  /** Is told of a lane's size before and after it changed by a half or more. */
  onLane?: ((lane: string, allowed: number) => void) | undefined;
};

/** The log that a shard, or a run without shards, appends to. */
export function logFileOf(shard: Shard | undefined): string {
  return shard === undefined ? "log.jsonl" : `log-${shard.index}.jsonl`;
}

/**
 * Asks what no earlier run has answered, of every arm each sample, as often as `repeats` says. Memory does not grow with the
 * number of answers. Rejects as `runTasks` does; what was answered until then is in the log.
 */
export async function runArms(
  request: ArmsRequest,
): Promise<{ progress: RunProgress; failures: FailureCount[]; stopped: StoppedLane[] }> {
  const { folder, arms, samples, repeats, shard, signal, onProgress } = request;
  const index = await readLogIndex(folder, signal);
  const open = new Map(arms.map((arm) => [arm.id, { arm, answerer: request.open(arm) }]));
  const byId = new Map<string, Sample>();
  const progress: RunProgress = { tasks: 0, answered: 0, failed: 0, answeredNow: 0, costMicrodollars: null };
  const failures = new Map<string, FailureCount>();
  const isAsked = ({ id }: Sample) => shard === undefined || isInShard(id, shard);
  const counters = new Map([...samples].map(([name, source]) => [name, countAsked(source, isAsked)]));
  const countTasks = () => {
    progress.tasks = repeats * arms.reduce((sum, arm) => sum + (counters.get(arm.dataSet)?.() ?? 0), 0);
  };
  async function* tasksOf(arm: Arm): AsyncGenerator<Task, void> {
    for await (const sample of samples.get(arm.dataSet) ?? []) {
      if (!isAsked(sample)) continue;
      byId.set(sample.id, sample);
      for (let repeat = 0; repeat < repeats; repeat++) {
        const task = { arm: arm.id, sample: sample.id, repeat };
        if (index.answered.has(taskKey(task))) progress.answered++;
        else yield task;
      }
    }
  }
  const lanes = Map.groupBy(open.values(), ({ answerer }) => answerer.lane);
  const watch = watchLanes([...lanes.keys()], request.onLane);
  await using log = await openRunLog(join(folder, logFileOf(shard)));
  const stopped = await runTasks({
    lanes: [...lanes].map(([lane, opened]) => ({
      lane,
      tasks: inOrder(opened.map(({ arm }) => tasksOf(arm))),
    })),
    async answer(task, within) {
      const { arm, answerer } = open.get(task.arm)!;
      const drawn = { seed: taskSeed(arm.seed, task), repeat: task.repeat };
      return answerer.answer(byId.get(task.sample)!, { ...drawn, signal: within });
    },
    earlier: (task): readonly Failure[] => index.failed.get(taskKey(task)) ?? [],
    append: (record) => log.append(record),
    retries: request.retries,
    signal,
    onRecord(record, isLast) {
      watch();
      count(progress, record, isLast);
      if (record.state === "failed" && isLast) {
        const { code } = record.failure;
        const { failure, samples: before } = failures.get(code) ?? { failure: record.failure, samples: 0 };
        failures.set(code, { failure, samples: before + 1 });
      }
      if (onProgress) {
        countTasks();
        onProgress(progress);
      }
    },
  });
  countTasks();
  return {
    progress,
    failures: [...failures.values()].sort((first, second) => second.samples - first.samples),
    stopped,
  };
}

/** Counts those that have come, each once; of those that are still to come as large a part is taken to be asked. */
function countAsked(source: SampleSource, isAsked: (sample: Sample) => boolean): () => number {
  const { known } = source;
  let seen = 0;
  let asked = 0;
  return () => {
    for (; seen < known.length; seen++) if (isAsked(known[seen]!)) asked++;
    return seen === 0 ? 0 : Math.round((asked / seen) * source.expected());
  };
}

async function* inOrder<Item>(parts: readonly AsyncIterable<Item>[]): AsyncGenerator<Item, void> {
  for (const part of parts) yield* part;
}

function count(progress: RunProgress, record: SampleRecord, isLast: boolean): void {
  if (record.state === "failed") {
    if (isLast) progress.failed++;
    return;
  }
  progress.answered++;
  progress.answeredNow++;
  const { costMicrodollars } = record.answer.usage;
  if (costMicrodollars !== null)
    progress.costMicrodollars = (progress.costMicrodollars ?? 0) + costMicrodollars;
}

/** Tells of each lane's size at the start, and then where it grew to twice of what was told or fell. */
function watchLanes(lanes: readonly Lane[], onLane: ArmsRequest["onLane"]): () => void {
  const told = new Map<Lane, number>();
  const watch = () => {
    for (const lane of lanes) {
      const allowed = lane.allowed();
      const last = told.get(lane);
      if (last !== undefined && allowed >= last && allowed < 2 * last) continue;
      told.set(lane, allowed);
      onLane?.(lane.name, allowed);
    }
  };
  watch();
  return watch;
}
