import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { type PageReply, type PageTask, pageThread, pageWorkerFile } from "./page-worker.ts";
import { unreadable } from "./read-page.ts";

const mostThreads = Math.min(2, availableParallelism());
const timeLimit = 5_000;
const megabytes = 512;

/** Threads that wait for work, calls that wait for a thread, and how many threads work. */
const idle: Worker[] = [];
const waiting: (() => void)[] = [];
let working = 0;

/**
 * Reads a page in a thread of its own, so that a hostile one can neither hold up this one nor end it: Readability takes many seconds for
 * some pages of 2 MB.
 *
 * @throws MedRoundsError `web-page-unreadable`, also beyond 5 s or 512 MB
 */
export async function readPageApart(
  task: PageTask,
  { milliseconds = timeLimit }: { milliseconds?: number } = {},
): Promise<Extract<PageReply, { type: "read" }>["page"]> {
  while (working >= mostThreads) await new Promise<void>((resolve) => waiting.push(resolve));
  working++;
  const worker = idle.pop() ?? startWorker();
  try {
    const reply = await ask(worker, { task, milliseconds });
    if (reply === undefined) await worker.terminate();
    else idle.push(worker);
    if (reply?.type === "read") return reply.page;
    throw unreadable(reply?.message ?? "The page takes too long to read.");
  } finally {
    working--;
    waiting.shift()?.();
  }
}

/** Undefined where the thread died or overran its time. */
async function ask(
  worker: Worker,
  { task, milliseconds }: { task: PageTask; milliseconds: number },
): Promise<PageReply | undefined> {
  const { promise, resolve } = Promise.withResolvers<PageReply | undefined>();
  const fail = () => resolve(undefined);
  const timer = setTimeout(fail, milliseconds);
  worker.on("message", resolve).on("exit", fail);
  worker.ref();
  worker.postMessage(task);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    worker.off("message", resolve).off("exit", fail);
    worker.unref();
  }
}

function startWorker(): Worker {
  const worker = new Worker(pageWorkerFile, {
    workerData: pageThread,
    // From source, a thread finds the rooms as the process does: by the condition that names their source.
    execArgv: pageWorkerFile.pathname.endsWith(".ts") ? ["--conditions=medrounds-source"] : [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: megabytes },
  });
  worker.unref();
  // An error ends the thread; its end is what matters.
  worker.on("error", () => undefined);
  worker.on("exit", () => {
    if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1);
  });
  return worker;
}
