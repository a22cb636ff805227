import { setTimeout as pause } from "node:timers/promises";
import { MedRoundsError } from "#contracts";
import { lockLog, type RunFile, readRunFile, writeRunFile } from "./run-file.ts";

const pauseMilliseconds = 50;
/** Scores that are judged take long; what another machine left behind when it died is not waited for without end. */
const longestScoring = 3_600_000;
const longestWriting = 10_000;

/** Waits until no other shard scores the run; what each has answered by then, the last one scores. Throws `run-busy` after an hour. */
export function lockScores(folder: string, signal?: AbortSignal): Promise<AsyncDisposable> {
  return waitForLock(folder, { name: "scores.jsonl", milliseconds: longestScoring, signal });
}

async function waitForLock(
  folder: string,
  { name, milliseconds, signal }: { name: string; milliseconds: number; signal?: AbortSignal | undefined },
): Promise<AsyncDisposable> {
  const until = performance.now() + milliseconds;
  while (true) {
    try {
      return await lockLog(folder, name);
    } catch (error) {
      if (!MedRoundsError.is(error) || error.code !== "run-busy" || performance.now() > until) throw error;
    }
    await pause(pauseMilliseconds);
    signal?.throwIfAborted();
  }
}

/**
 * Changes `run.json` as it stands now, where other shards may have told of themselves meanwhile; `change` gets undefined where there is
 * none yet. Resolves to what was written.
 *
 * @throws MedRoundsError `run-busy` where another writes it for ten seconds; the errors of reading and of writing
 */
export async function changeRunFile(
  folder: string,
  change: (now: RunFile | undefined) => RunFile,
): Promise<RunFile> {
  await using _held = await waitForLock(folder, { name: "run.json", milliseconds: longestWriting });
  const now = await readRunFile(folder).catch((error: unknown) => {
    if (MedRoundsError.is(error) && error.code === "run-missing") return undefined;
    throw error;
  });
  const run = change(now);
  await writeRunFile(folder, run);
  return run;
}

/** A list with a command's own entries at its end, in the place of those that it told before. */
export function withOwn<Entry>(
  all: readonly Entry[] | undefined,
  own: readonly Entry[],
  keyOf: (entry: Entry) => string,
): Entry[] {
  const keys = new Set(own.map(keyOf));
  return [...(all ?? []).filter((entry) => !keys.has(keyOf(entry))), ...own];
}
