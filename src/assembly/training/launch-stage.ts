import { join } from "node:path";
import { MedRoundsError } from "#contracts";
import { readMetrics, type TrainingPlan } from "#training";
import { newestCheckpoint } from "./launch-checkpoints.ts";
import type { Journal, RecordedMetrics } from "./launch-journal.ts";
import { type LaunchedProcess, launchProcess } from "./launch-process.ts";

type Stage = TrainingPlan["stages"][number];

export type StageEvent =
  | { type: "stage-start"; stage: string; checkpoint: string | undefined }
  | { type: "metrics"; metrics: RecordedMetrics };

type StageRun = {
  plan: TrainingPlan;
  folder: string;
  journal: Journal;
  graceMilliseconds: number;
  signal: AbortSignal;
  onEvent(event: StageEvent): void;
};

/**
 * Runs a stage from its newest checkpoint until its trainer has ended, and ends the trainer where the signal aborts. Rejects with
 * `trainer-failed` where it ended in another way than with exit code 0.
 */
export async function runStage(stage: Stage, run: StageRun): Promise<void> {
  const { folder, graceMilliseconds, signal } = run;
  signal.throwIfAborted();
  const journaling = journalLines(stage, run);
  const log = join(folder, "stages", `${stage.name}.txt`);
  const trainer = await startTrainer(stage, { run, log, onLine: journaling.add });
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= trainer.stop(graceMilliseconds);
  };
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    const { code, signal: killed } = await trainer.ended;
    await stopping;
    signal.throwIfAborted();
    await journaling.done();
    if (code === 0) return;
    const how = code === null ? `by ${killed}` : `with exit code ${code}`;
    throw failed(`The trainer of ${stage.name} ended ${how}`, { trainer, log, exitCode: code });
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

async function startTrainer(
  stage: Stage,
  { run, log, onLine }: { run: StageRun; log: string; onLine(line: string): void },
): Promise<LaunchedProcess> {
  const { plan, folder, onEvent } = run;
  const checkpoint = await newestCheckpoint(folder, stage.checkpoints);
  const results = await resultsOf(plan, folder);
  const fill = (text: string) => fillIn(text, { folder, checkpoint, results });
  const resume = checkpoint === undefined ? [] : stage.checkpoints.resume;
  const command = [...stage.command, ...resume].map(fill);
  const given = Object.entries(stage.environment).map(([name, value]) => [name, fill(value)] as const);
  onEvent({ type: "stage-start", stage: stage.name, checkpoint });
  const environment = Object.fromEntries(given);
  return launchProcess({ command, folder, environment, log, onLine }).catch((error: Error) => {
    const message = `The trainer of ${stage.name} can't be started: ${error.message}.`;
    throw new MedRoundsError("trainer-failed", message, { stage: stage.name });
  });
}

/** Keeps what a trainer's lines tell. `done` rejects where they could not be kept. */
function journalLines(stage: Stage, { journal, onEvent }: StageRun) {
  const keep = async (metrics: RecordedMetrics) => {
    await journal.add(metrics);
    if (Object.values(metrics.values).includes(null)) await journal.flag("not-finite");
  };
  let last = Promise.resolve();
  let failure: unknown;
  return {
    add(line: string) {
      const found = readMetrics(line);
      if (!found) return;
      const metrics = { at: new Date().toISOString(), stage: stage.name, ...found };
      onEvent({ type: "metrics", metrics });
      last = keep(metrics).catch((error: unknown) => {
        failure ??= error;
      });
    },
    async done() {
      await last;
      if (failure !== undefined) throw failure;
    },
  };
}

function failed(
  what: string,
  { trainer, log, exitCode }: { trainer: LaunchedProcess; log: string; exitCode: number | null },
): MedRoundsError {
  const lines = trainer.lastLines();
  const said = lines.length === 0 ? "." : `; it said last: ${lines.slice(-3).join(" ⏎ ")}`;
  return new MedRoundsError("trainer-failed", `${what}${said} (${log})`, {
    ...{ exitCode, log },
    lines: lines.join("\n"),
  });
}

/** What each stage came to, as far as it has. */
async function resultsOf(plan: TrainingPlan, folder: string): Promise<Map<string, string>> {
  const results = new Map<string, string>();
  for (const { name, checkpoints, result } of plan.stages) {
    const checkpoint = await newestCheckpoint(folder, checkpoints);
    if (checkpoint !== undefined || !result.includes("{checkpoint}")) {
      results.set(name, fillIn(result, { folder, checkpoint, results }));
    }
  }
  return results;
}

function fillIn(
  text: string,
  known: { folder: string; checkpoint: string | undefined; results: ReadonlyMap<string, string> },
): string {
  return text.replace(/\{(folder|checkpoint|result:([\w-]+))\}/g, (whole, name: string, stage?: string) => {
    if (name === "folder") return known.folder;
    if (name === "checkpoint") return known.checkpoint ?? whole;
    const result = known.results.get(stage ?? "");
    if (result !== undefined) return result;
    const message = `The stage ${stage} has left no checkpoint that the next one could begin with.`;
    throw new MedRoundsError("trainer-failed", message, { stage: stage ?? "" });
  });
}
