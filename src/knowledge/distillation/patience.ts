import { setTimeout as pause } from "node:timers/promises";
import { MedRoundsError } from "#contracts";

const attempts = 6;
const longestPause = 60_000;
/** A server that asks for more is not waited for. */
const longestRetryAfter = 300_000;

/** Statuses that another attempt may not meet (RFC 9110, section 15; RFC 6585, section 4). */
const passingStatuses: unknown[] = [408, 425, 429, 500, 502, 503, 504];

/** Repeats work that asks a model; throws the last failure, and the signal's reason. */
export type Patience = <Result>(work: () => Promise<Result>, signal?: AbortSignal) => Promise<Result>;

/**
 * Six attempts in all where the server is busy, stumbles or breaks off: after the time that `Retry-After` asks for, else after a pause
 * that doubles. Where no connection comes about, only once the server has answered before: a wrong address is told at once.
 */
export function createPatience({ pauseMilliseconds = 1_000 } = {}): Patience {
  let hasAnswered = false;
  return async (work, signal) => {
    for (let attempt = 1; ; attempt++) {
      signal?.throwIfAborted();
      try {
        const result = await work();
        hasAnswered = true;
        return result;
      } catch (error) {
        signal?.throwIfAborted();
        if (!MedRoundsError.is(error) || attempt === attempts) throw error;
        if (!mayPass(error) && !(hasAnswered && error.code === "endpoint-unreachable")) throw error;
        const { retryAfterMilliseconds: asked } = error.facts;
        const wait =
          typeof asked === "number" ? asked : Math.min(longestPause, pauseMilliseconds * 2 ** (attempt - 1));
        if (wait > longestRetryAfter) throw error;
        await pause(wait, undefined, signal ? { signal } : {}).catch(() => undefined);
      }
    }
  };
}

/** A reply of another kind, as a web page is, has the fact `contentType`: the address is wrong. */
function mayPass({ code, facts }: MedRoundsError): boolean {
  if (code === "endpoint-refused") return passingStatuses.includes(facts.status);
  return code === "endpoint-broken" && !("contentType" in facts);
}
