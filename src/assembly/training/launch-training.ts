import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { MedRoundsError } from "#contracts";
import { digestFile, lockFile } from "#platform";
import { readPlan, type TrainingPlan } from "#training";
import { openJournal } from "./launch-journal.ts";
import { serveLaunchPage } from "./launch-page.ts";
import { startServices } from "./launch-services.ts";
import { runStage, type StageEvent } from "./launch-stage.ts";

export type LaunchEvent =
  | { type: "page"; url: string }
  | { type: "services-ready"; names: readonly string[] }
  | StageEvent
  | { type: "stage-end"; stage: string }
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
    const { graceMilliseconds } = timings;
    await runStage(stage, { plan, folder, journal, graceMilliseconds, signal: ending, onEvent });
    await journal.finish(stage.name);
    onEvent({ type: "stage-end", stage: stage.name });
  }
  return { flags: journal.flags() };
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
