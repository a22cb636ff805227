/**
 * The main file of the process that runs queries. A query may stay in native code for as long as it likes, where no thread can be
 * ended; so it runs in a thread of a process that can be. This thread only passes messages on, and ends the process when whoever
 * started it is gone.
 */
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { Opening, Request } from "./message.ts";

process.once("message", (opening: Opening) => {
  const entry = new URL(`./engine-thread${extname(import.meta.url)}`, import.meta.url);
  const thread = new Worker(entry, { workerData: opening });
  thread.on("message", (reply) => process.send?.(reply));
  thread.on("error", () => process.exit(1));
  process.on("message", (request: Request) => thread.postMessage(request));
});
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
