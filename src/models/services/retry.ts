import { setTimeout as pause } from "node:timers/promises";
import { MedRoundsError } from "#contracts";

const longestPause = 30_000;
/** A server that asks for more is not waited for. */
const longestRetryAfter = 120_000;
const passingStatuses = new Set<unknown>([408, 429, 500, 502, 503, 504]);

/**
 * Repeats `work` after failures that may pass: no connection (a server that starts again), a reply that broke off, and the statuses
 * 408, 429, 500, 502, 503 and 504. Waits as long as `Retry-After` says, else a random part, at least half, of a doubling pause.
 * Throws the last failure, and the signal's reason.
 */
export async function withRetries<Result>(request: {
  work(): Promise<Result>;
  attempts: number;
  pauseMilliseconds: number;
  signal?: AbortSignal;
}): Promise<Result> {
  const { work, attempts, pauseMilliseconds, signal } = request;
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      if (attempt >= attempts || !isPassing(error)) throw error;
      const doubled = Math.min(longestPause, pauseMilliseconds * 2 ** (attempt - 1));
      const wait = retryAfterOf(error) ?? doubled * (0.5 + Math.random() / 2);
      if (wait > longestRetryAfter) throw error;
      await pause(wait, undefined, { signal }).catch(() => undefined);
    }
  }
}

function isPassing(error: unknown): boolean {
  if (!MedRoundsError.is(error)) return false;
  const { code, facts } = error;
  if (code === "service-refused") return passingStatuses.has(facts.status);
  return code === "service-unreachable" || (code === "service-broken" && !("contentType" in facts));
}

function retryAfterOf(error: unknown): number | undefined {
  const wait = MedRoundsError.is(error) ? error.facts.retryAfterMilliseconds : undefined;
  return typeof wait === "number" ? wait : undefined;
}
