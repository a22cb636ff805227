import { setTimeout as pause } from "node:timers/promises";

/** Statuses that another attempt may not meet (RFC 9110, section 15; RFC 6585, section 4); 529 is Anthropic's of an overload. */
export const passingStatuses: ReadonlySet<unknown> = new Set([408, 425, 429, 500, 502, 503, 504, 529]);

const longestPause = 30_000;
/** A server that asks for more is not waited for. */
const longestRetryAfter = 300_000;

/** Why another attempt may end better: how long the server asks to wait, and whether this one came further than those before. */
export type Passing = { waitMilliseconds?: number | undefined; cameFurther?: boolean };

/**
 * Repeats work after failures that may pass, at the most `attempts` times, counted anew where an attempt came further. Waits as long
 * as the server asks, else a random part, at least half, of a pause that doubles up to half a minute. Throws the last failure, and the
 * signal's reason.
 */
export async function withRetries<Result>(request: {
  work(): Promise<Result>;
  /** Undefined where another attempt would fail alike. */
  judge(error: unknown): Passing | undefined | Promise<Passing | undefined>;
  attempts: number;
  /** The first pause. */
  pauseMilliseconds: number;
  /** The longest wait that a server may ask for; 300,000 unless told. */
  longestWaitMilliseconds?: number | undefined;
  /** From 0 to 1; random unless told. */
  random?: (() => number) | undefined;
  signal?: AbortSignal | undefined;
}): Promise<Result> {
  const { work, judge, attempts, pauseMilliseconds, signal } = request;
  const { longestWaitMilliseconds = longestRetryAfter, random = Math.random } = request;
  let failures = 0;
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      const passing = await judge(error);
      if (!passing) throw error;
      failures = passing.cameFurther ? 1 : failures + 1;
      const doubled = Math.min(longestPause, pauseMilliseconds * 2 ** (failures - 1));
      const wait = passing.waitMilliseconds ?? doubled * (0.5 + random() / 2);
      if (failures >= attempts || wait > longestWaitMilliseconds) throw error;
      await pause(wait, undefined, signal ? { signal } : {}).catch(() => undefined);
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
