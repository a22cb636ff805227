import { parentPort } from "node:worker_threads";
import { MedRoundsError } from "#contracts";
import { type JobReply, type JobRequest, transferableBuffers } from "./message.ts";

/** Runs the jobs that a pool sends to this thread, one after another. A job that is not in the list is a defect. */
export function serveJobs(jobs: Record<string, (input: never) => Promise<unknown>>): void {
  const port = parentPort;
  port?.on("message", async ({ job, input }: JobRequest) => {
    const reply = await run(jobs[job] as (input: unknown) => Promise<unknown>, input);
    port.postMessage(reply, transferableBuffers(reply));
  });
}

async function run(job: (input: unknown) => Promise<unknown>, input: unknown): Promise<JobReply> {
  try {
    return { type: "done", output: await job(input) };
  } catch (error) {
    if (MedRoundsError.is(error)) {
      const { code, message, facts } = error;
      return { type: "refused", code, message, facts };
    }
    return { type: "broken", reason: error instanceof Error ? error.name : "unknown" };
  }
}
