import { isMarkedAsUntransferable } from "node:worker_threads";
import type { ErrorCode, ErrorFacts } from "#contracts";

/** What a thread is asked to do: one of its jobs by name, with what the job takes. */
export type JobRequest = { job: string; input: unknown };

/** What came of a job. An error that is none of ours is told by the name of its class alone: its words may hold pieces of a file. */
export type JobReply =
  | { type: "done"; output: unknown }
  | { type: "refused"; code: ErrorCode; message: string; facts: ErrorFacts }
  | { type: "broken"; reason: string };

/** The buffers that can go to another thread without being copied: those that belong to one whole array of the value. */
export function transferableBuffers(value: unknown): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  collect(value, buffers);
  return [...buffers];
}

function collect(value: unknown, buffers: Set<ArrayBuffer>): void {
  if (typeof value !== "object" || value === null) return;
  if (ArrayBuffer.isView(value)) {
    const { buffer } = value;
    if (buffer instanceof ArrayBuffer && isWhole(value) && !isMarkedAsUntransferable(buffer)) {
      buffers.add(buffer);
    }
    return;
  }
  for (const part of Object.values(value)) collect(part, buffers);
}

function isWhole({ buffer, byteLength }: ArrayBufferView): boolean {
  return buffer.byteLength === byteLength;
}

/** Bytes in a buffer of their own: a view on a part of a buffer would take the whole buffer along to another thread. */
export function inOwnBuffer(bytes: Uint8Array): Uint8Array {
  return isWhole(bytes) ? bytes : new Uint8Array(bytes);
}
