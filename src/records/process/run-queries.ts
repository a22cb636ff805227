import { type ChildProcess, fork } from "node:child_process";
import { basename, dirname, extname } from "node:path";
import { MedRoundsError } from "#contracts";
import type { EngineKind } from "../engines/engine.ts";
import type { RecordLimits } from "../limits.ts";
import type { Opening, Reply, Request } from "./message.ts";

/** A process that answers one request after the other. */
export type QueryRunner = {
  /**
   * The time limit begins when the request is sent. Throws `query-too-long`, `query-too-large`, `query-broken` where the process dies,
   * and the signal's reason.
   */
  ask(request: Request, signal?: AbortSignal): Promise<Reply>;
  close(): void;
};

/** How long a process may take to start and to open its database. */
const openingMilliseconds = 30_000;

/**
 * Runs requests for one database in a process of its own, which starts with the first. One that takes too long or is aborted is ended
 * with its process; the next request gets a new one. An idle process neither keeps ours alive nor outlives it.
 */
export function createQueryRunner(options: {
  engine: EngineKind["name"];
  path: string;
  limits: RecordLimits;
}): QueryRunner {
  let child: ChildProcess | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const end = () => {
    child?.kill("SIGKILL");
    child = undefined;
  };
  const ask = async (request: Request, signal?: AbortSignal): Promise<Reply> => {
    signal?.throwIfAborted();
    try {
      if (!child) {
        child = startProcess(options);
        const opened = await exchange({ child, milliseconds: openingMilliseconds, signal });
        if (opened.type !== "opened") {
          end();
          return opened;
        }
      }
      const reply = await exchange({ child, request, milliseconds: options.limits.milliseconds, signal });
      if (reply.type === "too-large") throw tooLarge(options.limits);
      return reply;
    } catch (error) {
      end();
      throw error;
    }
  };
  return {
    ask(request, signal) {
      const asked = last.then(() => ask(request, signal));
      last = asked.catch(() => undefined);
      return asked;
    },
    close: end,
  };
}

function startProcess(options: { engine: EngineKind["name"]; path: string; limits: RecordLimits }) {
  const { engine, path, limits } = options;
  const extension = extname(import.meta.url);
  const child = fork(new URL(`./query-process${extension}`, import.meta.url), {
    // Names of files in messages are then without their folder.
    cwd: dirname(path),
    // Nothing of our environment, keys above all, is there to be read.
    env: {},
    execArgv: extension === ".ts" ? ["--conditions=medrounds-source"] : [],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  child.on("error", () => {});
  child.send({ engine, file: basename(path), limits } satisfies Opening);
  return child;
}

function tooLarge({ megabytes }: RecordLimits): MedRoundsError {
  return new MedRoundsError("query-too-large", `The query took more than ${megabytes} MB of memory.`, {
    megabytes,
  });
}

async function exchange(parts: {
  child: ChildProcess;
  /** Nothing is sent where the process speaks first. */
  request?: Request;
  milliseconds: number;
  signal: AbortSignal | undefined;
}): Promise<Reply> {
  const { child, request, milliseconds, signal } = parts;
  const { promise, resolve, reject } = Promise.withResolvers<Reply>();
  const tooLong = () => {
    const message = `The query took longer than ${milliseconds / 1000} seconds and was ended.`;
    reject(new MedRoundsError("query-too-long", message, { milliseconds }));
  };
  const broken = () => {
    reject(new MedRoundsError("query-broken", "The process that ran the query ended before it did."));
  };
  const abort = () => reject(signal?.reason);
  const timer = setTimeout(tooLong, milliseconds);
  child.once("message", resolve);
  child.once("exit", broken);
  signal?.addEventListener("abort", abort, { once: true });
  child.ref();
  child.channel?.ref();
  try {
    if (request) child.send(request, (error) => error && broken());
    return await promise;
  } finally {
    clearTimeout(timer);
    child.off("message", resolve);
    child.off("exit", broken);
    signal?.removeEventListener("abort", abort);
    child.unref();
    child.channel?.unref();
  }
}
