import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { readFinalRecords } from "#evaluation";
import { writeError } from "#platform";
import {
  createRolloutSummary,
  type RewardProfile,
  type Rollout,
  type RolloutSummary,
  type ScoringContext,
  scoreRollout,
} from "#training";
import type { RolloutAnswer } from "./answer-with-rollout.ts";
import type { RolloutJudge } from "./rollout-judge.ts";

export type WrittenRollouts = {
  summary: RolloutSummary;
  /** What a judge kept apart, in `left-out.jsonl`; null without one. `unjudged` are those it gave no verdict on. */
  leftOut: { below: number; unjudged: number } | null;
};

type Unscored = Omit<Rollout, "correct" | "reward">;

const atOnce = 16;

/**
 * Makes `rollouts.jsonl` of all that a run's logs hold, one line a try, in the order of the logs. A function of these, the profile and the
 * judge's ratings: whatever was killed on the way, and in however many shards, the same tries come out, each once. Memory does not grow with
 * their number. To be called under the folder's lock.
 */
export async function writeRollouts(request: {
  folder: string;
  /** The run's one arm. */
  arm: string;
  source: { dataSet: string; license: string };
  profile: RewardProfile | null;
  context: ScoringContext;
  judge: RolloutJudge | null;
  emptyShare: number;
  signal?: AbortSignal | undefined;
}): Promise<WrittenRollouts> {
  const { folder, profile, context, judge, emptyShare, signal } = request;
  const summary = createRolloutSummary({ emptyShare });
  const leftOut = { below: 0, unjudged: 0 };
  await using kept = await openLines(join(folder, "rollouts.jsonl"));
  await using apart = judge ? await openLines(join(folder, "left-out.jsonl")) : null;
  for await (const some of inBatches(readTries(request))) {
    const judged = await Promise.all(some.map((rollout) => rate(rollout, { judge, signal })));
    const lines: Rollout[] = [];
    const low: Rollout[] = [];
    for (const { rollout, rating } of judged) {
      const scored = scoreRollout(rollout, { profile, context });
      if (judge && (rating === null || rating < judge.minimum)) {
        if (rating === null) leftOut.unjudged++;
        else leftOut.below++;
        low.push(scored);
      } else {
        summary.add(scored);
        lines.push(scored);
      }
    }
    await kept.write(lines);
    await apart?.write(low);
  }
  await apart?.end();
  await kept.end();
  return { summary: summary.summary(), leftOut: judge ? leftOut : null };
}

async function* readTries({
  folder,
  arm,
  source,
  signal,
}: {
  folder: string;
  arm: string;
  source: { dataSet: string; license: string };
  signal?: AbortSignal | undefined;
}): AsyncGenerator<Unscored, void> {
  for await (const record of readFinalRecords(folder, signal)) {
    if (record.state !== "answered" || record.arm !== arm) continue;
    const { rollout } = record.answer as Partial<RolloutAnswer>;
    if (rollout === undefined) continue;
    const { repeat: attempt, milliseconds } = record;
    const id = `${record.sample}-${attempt}-${rollout.seed}`;
    const question = { ...rollout.question, ...source };
    yield { version: 1, id, attempt, ...rollout, question, milliseconds };
  }
}

async function rate(
  rollout: Unscored,
  { judge, signal }: { judge: RolloutJudge | null; signal: AbortSignal | undefined },
): Promise<{ rollout: Unscored; rating: number | null }> {
  if (!judge) return { rollout, rating: null };
  const rating = await judge.rate(rollout, signal);
  if (rating === null) return { rollout, rating };
  return {
    rollout: { ...rollout, measured: { ...rollout.measured, ratings: { reasoning: rating } } },
    rating,
  };
}

async function* inBatches<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item[], void> {
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < atOnce) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

type Lines = AsyncDisposable & {
  write(values: readonly object[]): Promise<void>;
  /** Puts the file in its place; without this it stays as it was. */
  end(): Promise<void>;
};

/** Throws `path-unwritable` and `disk-full`. */
async function openLines(file: string): Promise<Lines> {
  const temporary = `${file}.part`;
  const refuse = (error: unknown): never => {
    throw writeError(error, file);
  };
  let handle: FileHandle | undefined = await open(temporary, "w").catch(refuse);
  return {
    write: async (values) =>
      handle?.appendFile(values.map((value) => `${JSON.stringify(value)}\n`).join("")).catch(refuse),
    async end() {
      await handle?.datasync().catch(refuse);
      await handle?.close().catch(refuse);
      handle = undefined;
      await rename(temporary, file).catch(refuse);
    },
    async [Symbol.asyncDispose]() {
      if (!handle) return;
      await handle.close().catch(() => undefined);
      await rm(temporary, { force: true }).catch(() => undefined);
    },
  };
}
