import { fork } from "node:child_process";
import { join } from "node:path";
import type { ClientReport, ClientTask } from "./queries-client.ts";

/** Loads `/queries` from a process of its own. */
export function load(task: ClientTask): Promise<ClientReport> {
  return new Promise((resolve, reject) => {
    const client = fork(join(import.meta.dirname, "queries-client.ts"));
    client.once("message", (report) => resolve(report as ClientReport));
    client.once("error", reject);
    client.once("exit", (code) => code !== 0 && reject(new Error(`The client ended with ${code}.`)));
    client.send(task);
  });
}
