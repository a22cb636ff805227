import { availableParallelism } from "node:os";
import { extname } from "node:path";
import type { Jobs } from "./jobs.ts";
import { inOwnBuffer } from "./message.ts";
import { createWorkerPool, type WorkerPool } from "./worker-pool.ts";

type Input<Name extends keyof Jobs> = Parameters<Jobs[Name]>[0];
type Output<Name extends keyof Jobs> = Awaited<ReturnType<Jobs[Name]>>;

const mostThreads = 4;
/** Enough for 100 megapixels of 16 bits with the copies that drawing them needs. */
const limits = { milliseconds: 10_000, megabytes: 1_500 };

let pool: WorkerPool | undefined;

/**
 * Does one of the jobs with a DICOM file in a thread of its own, so that a hostile file can neither stop the process nor take its
 * memory. The bytes are moved to the thread: a buffer that they fill is empty afterwards.
 *
 * @throws MedRoundsError what the job throws; `decoding-limit` beyond 10 s or 1.5 GB; `image-unreadable` where a decoder broke; and the
 * signal's reason.
 */
export async function runJob<Name extends keyof Jobs>(
  job: Name,
  input: Input<Name>,
  signal?: AbortSignal,
): Promise<Output<Name>> {
  // The source is run as it is, the build from its own files.
  const entry = new URL(`./decoding-worker${extname(import.meta.url)}`, import.meta.url);
  pool ??= createWorkerPool({ entry, size: Math.min(mostThreads, availableParallelism()), limits });
  const bytes = inOwnBuffer(input.bytes);
  const request = { job, input: { ...input, bytes }, moved: bytes, name: input.name };
  return (await pool.run(signal ? { ...request, signal } : request)) as Output<Name>;
}
