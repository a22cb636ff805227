import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { MedRoundsError } from "#contracts";
import { digestFile, lockFile } from "#platform";
import { readMetrics, readPlan, type TrainingPlan } from "#training";
import { newestCheckpoint } from "./launch-checkpoints.ts";
import { type Journal, openJournal, type RecordedMetrics } from "./launch-journal.ts";
import { serveLaunchPage } from "./launch-page.ts";
import { launchProcess } from "./launch-process.ts";
import { startServices } from "./launch-services.ts";

type Stage = TrainingPlan["stages"][number];

export type LaunchEvent =
  | { type: "page"; url: string }
  | { type: "services-ready"; names: readonly string[] }
  | { type: "stage-start"; stage: string; checkpoint: string | undefined }
  | { type: "stage-end"; stage: string }
  | { type: "metrics"; metrics: RecordedMetrics }
  | { type: "notice"; message: string };

export type LaunchTimings = {
  /** A service may take to come up. */
  readyMilliseconds: number;
  /** Between two looks at a service's health. */
  pollMilliseconds: number;
  /** What was asked to end may take to do so. */
  graceMilliseconds: number;
};

const defaultTimings: LaunchTimings = {
  readyMilliseconds: 180_000,
  pollMilliseconds: 5_000,
  graceMilliseconds: 60_000,
};

/**
 * Runs a plan: its services, then each stage that has not ended well before, from its newest checkpoint. Where the signal aborts, the
 * trainer is asked to end, then the services. Resolves to the flags of the run.
 *
 * @throws MedRoundsError `training-plan-invalid`, `run-busy`, `engine-missing`, `training-service-failed`, `trainer-failed`, and the signal's
 * reason
 */
export async function launchTraining(request: {
  folder: string;
  /** What the word `medrounds` in a service's command stands for. */
  program: readonly string[];
  /** Of the page; 0 picks one. */
  port: number;
  signal: AbortSignal;
  timings?: Partial<LaunchTimings>;
  onEvent(event: LaunchEvent): void;
}): Promise<{ flags: readonly string[] }> {
  const { program, port, signal, onEvent } = request;
  const timings = { ...defaultTimings, ...request.timings };
  const folder = resolve(request.folder);
  const plan = await readPlan(folder);
  await using _lock = await lockFile(join(folder, "run.lock"), ({ who, facts }) => {
    return new MedRoundsError("run-busy", `${who} runs this plan (${facts.file}).`, facts);
  });
  await checkEngine(plan, { folder, signal });
  const journal = await openJournal(folder);
  const notice = (message: string) => onEvent({ type: "notice", message });
  if (await hasChanged(plan, signal)) {
    notice("The data are not those that the plan was made with; the run is flagged.");
    await journal.flag("data-changed");
  }
  await using page = await serveLaunchPage(journal, { title: `${plan.recipe} · ${plan.engine.name}`, port });
  onEvent({ type: "page", url: page.url });
  await using services = await startServices(plan.services, {
    ...{ folder, program, signal, timings },
    onNotice: notice,
    onEmptyResults({ share, queries, alarm }) {
      const found = `${Math.round(share * 100)} % of the last ${queries} searches found nothing`;
      notice(alarm ? `Alarm: ${found}; the run is flagged.` : `The alarm is over: ${found}.`);
      if (alarm) journal.flag("empty-retrievals").catch(() => undefined);
    },
  });
  if (plan.services.length > 0) {
    onEvent({ type: "services-ready", names: plan.services.map(({ name }) => name) });
  }
  const ending = AbortSignal.any([signal, services.failed]);
  for (const stage of plan.stages) {
    if (journal.finished().includes(stage.name)) continue;
    await runStage(stage, { plan, folder, journal, timings, signal: ending, onEvent });
    await journal.finish(stage.name);
    onEvent({ type: "stage-end", stage: stage.name });
  }
  return { flags: journal.flags() };
}

async function runStage(
  stage: Stage,
  run: {
    plan: TrainingPlan;
    folder: string;
    journal: Journal;
    timings: LaunchTimings;
    signal: AbortSignal;
    onEvent(event: LaunchEvent): void;
  },
): Promise<void> {
  const { plan, folder, journal, timings, signal, onEvent } = run;
  signal.throwIfAborted();
  const checkpoint = await newestCheckpoint(folder, stage.checkpoints);
  const results = await resultsOf(plan, folder);
  const fill = (text: string) => fillIn(text, { folder, checkpoint, results });
  const resume = checkpoint === undefined ? [] : stage.checkpoints.resume;
  const command = [...stage.command, ...resume].map(fill);
  onEvent({ type: "stage-start", stage: stage.name, checkpoint });
  const log = join(folder, "stages", `${stage.name}.txt`);
  let journalError: unknown;
  const trainer = await launchProcess({
    ...{ command, folder, log },
    environment: Object.fromEntries(
      Object.entries(stage.environment).map(([name, value]) => [name, fill(value)]),
    ),
    onLine(line) {
      const found = readMetrics(line);
      if (!found) return;
      const metrics = { at: new Date().toISOString(), stage: stage.name, ...found };
      const keep = async () => {
        await journal.add(metrics);
        if (Object.values(metrics.values).includes(null)) await journal.flag("not-finite");
      };
      keep().catch((error: unknown) => {
        journalError ??= error;
      });
      onEvent({ type: "metrics", metrics });
    },
  }).catch((error: Error) => {
    const message = `The trainer of ${stage.name} can't be started: ${error.message}.`;
    throw new MedRoundsError("trainer-failed", message, { stage: stage.name });
  });
  const stop = () => trainer.stop(timings.graceMilliseconds);
  let stopping: Promise<void> | undefined;
  const abort = () => {
    stopping = stop();
  };
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  try {
    const { code, signal: killed } = await trainer.ended;
    await stopping;
    signal.throwIfAborted();
    if (journalError !== undefined) throw journalError;
    if (code === 0) return;
    const lines = trainer.lastLines();
    const how = code === null ? `by ${killed}` : `with exit code ${code}`;
    const said = lines.length === 0 ? "." : `; it said last: ${lines.slice(-3).join(" ⏎ ")}`;
    throw new MedRoundsError("trainer-failed", `The trainer of ${stage.name} ended ${how}${said} (${log})`, {
      ...{ stage: stage.name, exitCode: code, log },
      lines: lines.join("\n"),
    });
  } finally {
    signal.removeEventListener("abort", abort);
  }
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

async function checkEngine(
  { engine }: TrainingPlan,
  { folder, signal }: { folder: string; signal: AbortSignal },
): Promise<void> {
  const [program, ...args] = engine.check ?? [];
  if (program === undefined) return;
  try {
    await promisify(execFile)(program, args, { cwd: folder, signal });
  } catch {
    signal.throwIfAborted();
    const install = `cd ${folder} && ${engine.install}`;
    const message = `${engine.name} ${engine.version} is not installed for this plan; install it with: ${install}`;
    throw new MedRoundsError("engine-missing", message, { engine: engine.name, install });
  }
}

async function hasChanged({ data }: TrainingPlan, signal: AbortSignal): Promise<boolean> {
  for (const { file, sha256 } of data) {
    if ((await digestFile(file, signal)).sha256 !== sha256) return true;
  }
  return false;
}
