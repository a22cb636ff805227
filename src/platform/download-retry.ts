import { setTimeout as pause } from "node:timers/promises";
import type { MedRoundsError } from "#contracts";

/** How patient a download is. */
export type Patience = {
  /** Failures in a row, without a byte between them, that end it. */
  attempts: number;
  /** The first pause between two attempts; each further one is twice as long, up to half a minute. */
  pauseMilliseconds: number;
  /** The longest wait for the next byte. */
  silenceMilliseconds: number;
};

export const defaultPatience: Patience = {
  attempts: 6,
  pauseMilliseconds: 1_000,
  silenceMilliseconds: 60_000,
};

const longestPause = 30_000;
const longestRetryAfter = 300_000;

/** A failure that another attempt may not meet. `waitMilliseconds` is what the server asks for. */
export class PassingFailure extends Error {
  readonly failure: MedRoundsError;
  readonly waitMilliseconds: number | undefined;

  constructor(failure: MedRoundsError, waitMilliseconds?: number) {
    super(failure.message, { cause: failure });
    this.failure = failure;
    this.waitMilliseconds = waitMilliseconds;
  }
}

/**
 * Repeats `work` while it throws a `PassingFailure`; `readProgress` tells whether an attempt came further than those before. Throws
 * the last failure, anything else that `work` throws, and the signal's reason.
 */
export async function withPatience<Result>(request: {
  work(): Promise<Result>;
  readProgress?(): Promise<number>;
  patience: Patience;
  signal?: AbortSignal;
}): Promise<Result> {
  const { work, readProgress = async () => 0, patience, signal } = request;
  let failures = 0;
  let furthest = await readProgress();
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof PassingFailure)) throw error;
      const reached = await readProgress();
      failures = reached > furthest ? 1 : failures + 1;
      furthest = Math.max(furthest, reached);
      const backoff = Math.min(longestPause, patience.pauseMilliseconds * 2 ** (failures - 1));
      const wait = error.waitMilliseconds ?? backoff;
      if (failures >= patience.attempts || wait > longestRetryAfter) throw error.failure;
      await pause(wait, undefined, { signal });
    }
  }
}

/** The wait that a `Retry-After` header asks for (RFC 9110, section 10.2.3): seconds, or a date. */
export function readRetryAfter(value: string | null): number | undefined {
  if (value === null) return undefined;
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
