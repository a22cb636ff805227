import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { MedRoundsError } from "#contracts";
import { isLoopback, openOutlet, readEnvironment } from "#platform";
import type { TrainingPlan } from "#training";
import { type LaunchedProcess, launchProcess } from "./launch-process.ts";

type Service = TrainingPlan["services"][number];

/** The share of searches that found nothing, where it raised the alarm. */
type EmptyResults = { share: number; queries: number; alarm: boolean };

export type LaunchedServices = AsyncDisposable & {
  /** Aborts where a service can't be kept running. */
  failed: AbortSignal;
};

const restarts = 3;

/**
 * Starts every service, one after the other, waits until each answers, and starts one again that ends. Rejects with
 * `training-service-failed` where one does not come up. Disposing of them ends them in reverse.
 */
export async function startServices(
  services: readonly Service[],
  options: {
    folder: string;
    /** What the word `medrounds` stands for. */
    program: readonly string[];
    signal: AbortSignal;
    timings: { readyMilliseconds: number; pollMilliseconds: number; graceMilliseconds: number };
    onNotice(message: string): void;
    onEmptyResults(results: EmptyResults): void;
  },
): Promise<LaunchedServices> {
  const { timings, signal } = options;
  const failing = new AbortController();
  const over = new AbortController();
  const running = new Map<Service, LaunchedProcess>();
  const watches: Promise<void>[] = [];
  const stop = async () => {
    over.abort();
    for (const process of [...running.values()].toReversed()) await process.stop(timings.graceMilliseconds);
    await Promise.all(watches);
  };
  const start = async (service: Service) => {
    const process = await launchService(service, options);
    running.set(service, process);
    await waitUntilReady(service, { process, timings, signal: AbortSignal.any([signal, over.signal]) });
    return process;
  };
  const keep = async (service: Service, first: LaunchedProcess) => {
    let process = first;
    for (let restart = 0; ; restart++) {
      const { code } = await process.ended;
      if (over.signal.aborted) return;
      options.onNotice(`The service ${service.name} ended with ${code ?? "a signal"}; it is started again.`);
      try {
        if (restart === restarts) throw failureOf(service, process, `ended ${restarts + 1} times`);
        process = await start(service);
      } catch (error) {
        if (!over.signal.aborted) failing.abort(error);
        return;
      }
    }
  };
  try {
    for (const service of services) {
      watches.push(keep(service, await start(service)));
      if (service.health !== undefined) {
        watches.push(watchHealth(service.health, { ...options, signal: over.signal }));
      }
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { failed: failing.signal, [Symbol.asyncDispose]: stop };
}

async function launchService(
  service: Service,
  { folder, program }: { folder: string; program: readonly string[] },
): Promise<LaunchedProcess> {
  const [name, ...args] = service.command;
  const command = name === "medrounds" ? [...program, ...args] : service.command;
  const log = join(folder, "services", `${service.name}.txt`);
  return launchProcess({ command, folder, log }).catch((error: Error) => {
    throw new MedRoundsError(
      "training-service-failed",
      `The service ${service.name} can't be started: ${error.message}.`,
      { service: service.name },
    );
  });
}

async function waitUntilReady(
  service: Service,
  options: {
    process: LaunchedProcess;
    timings: { readyMilliseconds: number };
    signal: AbortSignal;
  },
): Promise<void> {
  const { process, timings, signal } = options;
  const until = performance.now() + timings.readyMilliseconds;
  let hasEnded = false;
  const end = () => {
    hasEnded = true;
  };
  process.ended.then(end, end);
  while (performance.now() < until) {
    signal.throwIfAborted();
    // One that has ended must not be taken for another that answers at its address.
    if (hasEnded) throw failureOf(service, process, "ended before it was ready");
    const response = await ask(service.ready).catch(() => undefined);
    await response?.body?.cancel();
    await pause(100);
    if (response?.ok && !hasEnded) return;
  }
  throw failureOf(service, process, `was not ready after ${Math.round(timings.readyMilliseconds / 1000)} s`);
}

function failureOf(service: Service, process: LaunchedProcess, what: string): MedRoundsError {
  const lines = process.lastLines().slice(-5);
  const said = lines.length === 0 ? "." : `; it said last: ${lines.join(" ⏎ ")}`;
  return new MedRoundsError("training-service-failed", `The service ${service.name} ${what}${said}`, {
    service: service.name,
    lines: process.lastLines().join("\n"),
  });
}

/** Tells when the alarm of empty results begins or ends; a service that does not answer is asked again. */
async function watchHealth(
  url: string,
  options: {
    signal: AbortSignal;
    timings: { pollMilliseconds: number };
    onEmptyResults(results: EmptyResults): void;
  },
): Promise<void> {
  let alarm = false;
  while (!options.signal.aborted) {
    const results = await readEmptyResults(url);
    if (results && results.alarm !== alarm) {
      alarm = results.alarm;
      options.onEmptyResults(results);
    }
    await pause(options.timings.pollMilliseconds, undefined, { signal: options.signal }).catch(
      () => undefined,
    );
  }
}

async function readEmptyResults(url: string): Promise<EmptyResults | undefined> {
  try {
    const response = await ask(url);
    const { emptyResults } = (await response.json()) as { emptyResults?: Partial<EmptyResults> };
    const { share, queries, alarm } = emptyResults ?? {};
    if (typeof share !== "number" || typeof queries !== "number" || typeof alarm !== "boolean")
      return undefined;
    return { share, queries, alarm };
  } catch {
    return undefined;
  }
}

/** A service of this machine is sent the token that a server is started with; no other host is. */
function ask(url: string): Promise<Response> {
  const { token } = readEnvironment();
  const headers = token && isLoopback(new URL(url).hostname) ? { authorization: `Bearer ${token}` } : {};
  const signal = AbortSignal.timeout(5_000);
  return openOutlet({ to: "server", address: url })(url, { headers, signal });
}
