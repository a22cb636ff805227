/**
 * The main file of the process that runs queries. A query may stay in native code for as long as it likes, where no thread can be
 * ended; so it runs in a thread of a process that can be. This thread passes messages on, watches the memory, which SQLite as Node
 * builds it does not count, and ends the process when whoever started it is gone.
 */
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { Opening, Reply, Request } from "./message.ts";

const watchMilliseconds = 50;

process.once("message", (opening: Opening) => {
  const entry = new URL(`./engine-thread${extname(import.meta.url)}`, import.meta.url);
  const thread = new Worker(entry, { workerData: opening });
  let most = Number.POSITIVE_INFINITY;
  thread.on("message", (reply: Reply) => {
    // What the process holds before its first query is not the query's.
    if (reply.type === "opened") most = process.memoryUsage.rss() + opening.limits.megabytes * 1024 * 1024;
    process.send?.(reply);
  });
  thread.on("error", end);
  process.on("message", (request: Request) => thread.postMessage(request));
  setInterval(() => {
    if (process.memoryUsage.rss() > most) process.send?.({ type: "too-large" } satisfies Reply, end);
  }, watchMilliseconds);
});
process.on("disconnect", end);

/** At once: an orderly exit would wait for the thread. */
function end(): void {
  process.kill(process.pid, "SIGKILL");
}
