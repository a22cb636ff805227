import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import { MedRoundsError } from "#contracts";
import { type JobReply, type JobRequest, transferableBuffers } from "./message.ts";

/** Bounds of one job. `megabytes` is what its thread may hold in all: objects, buffers and the memory of WebAssembly. */
export type JobLimits = { milliseconds: number; megabytes: number };

/** Threads that run one job each at a time. */
export type WorkerPool = {
  /**
   * Runs a job in a thread. What of `input` is also in `moved` goes there without a copy, and is empty here afterwards. `name` is the
   * file's, for messages. A thread that overruns a limit, dies or is interrupted is ended, and another takes its place.
   * Throws what the job throws, `decoding-limit`, `image-unreadable` where the thread died or the job broke, and the signal's reason.
   */
  run(request: JobRequest & { name: string; moved?: Uint8Array; signal?: AbortSignal }): Promise<unknown>;
  /** Ends all threads, and with them the jobs under way. */
  close(): Promise<void>;
};

type Request = Parameters<WorkerPool["run"]>[0];
type Task = { request: Request; resolve(output: unknown): void; reject(error: unknown): void };
type Thread = {
  worker: Worker;
  task: Task | null;
  stopWatch(): void;
  /** The most bytes that it was seen to hold. */
  held: number;
};

const memoryCheckMilliseconds = 100;

/**
 * V8's own bound of a thread's heap, in times of ours. It counts no buffers, and an allocation that passes it by more than 16 MB
 * ends the whole process, so that it must never be reached: the thread is measured instead, and ended long before.
 */
const heapReserve = 4;

/** Threads start when there is work for them, and do not keep the process alive while there is none. */
export function createWorkerPool(options: { entry: URL; size: number; limits: JobLimits }): WorkerPool {
  const { entry, size, limits } = options;
  const threads = new Set<Thread>();
  const waiting: Task[] = [];

  const next = () => {
    if (waiting.length === 0) return;
    const idle = [...threads].find(({ task }) => task === null);
    const thread = idle ?? (threads.size < size ? start() : undefined);
    const task = thread && waiting.shift();
    if (thread && task) begin(thread, task);
  };

  const start = (): Thread => {
    const worker = startWorker(entry, limits);
    const thread: Thread = { worker, task: null, stopWatch: () => {}, held: 0 };
    threads.add(thread);
    worker.on("message", (reply: JobReply) => settle(thread, (task) => answer(task, reply)));
    worker.on("error", (error) => end(thread, (name) => explainDeath(name, error, limits)));
    worker.on("exit", () => end(thread, (name) => broken(name, "thread ended")));
    return thread;
  };

  const begin = (thread: Thread, task: Task) => {
    const { job, input, moved } = task.request;
    thread.task = task;
    thread.worker.ref();
    thread.stopWatch = watch({ thread, limits, end: (why) => end(thread, why) });
    try {
      thread.worker.postMessage({ job, input } satisfies JobRequest, transferableBuffers(moved));
    } catch (error) {
      settle(thread, ({ reject }) => reject(error));
    }
  };

  const settle = (thread: Thread, tell: (task: Task) => void) => {
    const { task } = thread;
    thread.stopWatch();
    thread.task = null;
    thread.worker.unref();
    // What is left of one job must not count against the next: memory of WebAssembly never shrinks.
    if (thread.held > bytesOf(limits) / 2) retire(thread);
    if (task) tell(task);
    next();
  };

  const retire = (thread: Thread) => {
    threads.delete(thread);
    void thread.worker.terminate();
  };

  const end = (thread: Thread, why: (name: string) => unknown) => {
    retire(thread);
    settle(thread, ({ request, reject }) => reject(why(request.name)));
  };

  const interrupt = (task: Task) => {
    const reason: unknown = task.request.signal?.reason;
    const thread = [...threads].find((other) => other.task === task);
    if (thread) end(thread, () => reason);
    else {
      waiting.splice(waiting.indexOf(task), 1);
      task.reject(reason);
    }
  };

  return {
    async run(request) {
      const { signal } = request;
      signal?.throwIfAborted();
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const task = { request, resolve, reject };
      const abort = () => interrupt(task);
      signal?.addEventListener("abort", abort, { once: true });
      waiting.push(task);
      next();
      return promise.finally(() => signal?.removeEventListener("abort", abort));
    },
    async close() {
      await Promise.all([...threads].map(({ worker }) => worker.terminate()));
    },
  };
}

/**
 * How much a new thread may hold before it collects garbage. A thread's heap is small, and V8 measures by it when the buffers beside it
 * are too much: without this it collects after every file, which more than doubles the work of a file of 8 MB.
 */
const collectBeyondMegabytes = 256;

function startWorker(entry: URL, { megabytes }: JobLimits): Worker {
  setFlagsFromString(`--initial-old-space-size=${collectBeyondMegabytes}`);
  // What a codec prints may quote the file: it is never read (reading it would also keep the process alive).
  const worker = new Worker(entry, {
    resourceLimits: { maxOldGenerationSizeMb: megabytes * heapReserve, stackSizeMb: 4 },
    // From source, a thread finds the rooms as the process does: by the condition that names their source.
    execArgv: entry.pathname.endsWith(".ts") ? ["--conditions=medrounds-source"] : [],
    stdout: true,
    stderr: true,
  });
  worker.unref();
  return worker;
}

/** Holds the task of a thread to its limits; returns what stops that. */
function watch(request: {
  thread: Thread;
  limits: JobLimits;
  end: (why: (name: string) => unknown) => void;
}): () => void {
  const { thread, limits, end } = request;
  const { task } = thread;
  const timer = setTimeout(() => end((name) => tooSlow(name, limits)), limits.milliseconds);
  const measuring = setInterval(async () => {
    const memory = await thread.worker.getHeapStatistics?.().catch(() => undefined);
    const held = memory ? memory.used_heap_size + memory.external_memory : 0;
    thread.held = Math.max(thread.held, held);
    if (held > bytesOf(limits) && thread.task === task) end((name) => tooLarge(name, limits));
  }, memoryCheckMilliseconds);
  return () => {
    clearTimeout(timer);
    clearInterval(measuring);
  };
}

function bytesOf({ megabytes }: JobLimits): number {
  return megabytes * 1e6;
}

function answer({ request, resolve, reject }: Task, reply: JobReply): void {
  if (reply.type === "done") resolve(reply.output);
  else if (reply.type === "broken") reject(broken(request.name, reply.reason));
  else reject(new MedRoundsError(reply.code, reply.message, reply.facts));
}

function explainDeath(name: string, error: Error, limits: JobLimits): MedRoundsError {
  const isMemory = "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
  return isMemory ? tooLarge(name, limits) : broken(name, error.name);
}

function broken(name: string, reason: string): MedRoundsError {
  return new MedRoundsError("image-unreadable", `${name} could not be decoded.`, { name, reason });
}

function tooSlow(name: string, { milliseconds }: JobLimits): MedRoundsError {
  const message = `${name} took longer than ${milliseconds / 1000} s to decode.`;
  return new MedRoundsError("decoding-limit", message, { name, milliseconds });
}

function tooLarge(name: string, { megabytes }: JobLimits): MedRoundsError {
  const message = `${name} needs more than ${megabytes} MB of memory to be decoded.`;
  return new MedRoundsError("decoding-limit", message, { name, megabytes });
}
