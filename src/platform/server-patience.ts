import { MedRoundsError } from "#contracts";
import { type Passing, passingStatuses, withRetries } from "./retry.ts";

/** Repeats work that asks a server; throws the last failure, and the signal's reason. */
export type ServerPatience = <Result>(work: () => Promise<Result>, signal?: AbortSignal) => Promise<Result>;

/**
 * Patience with one model server, whose failures have the codes `endpoint-…` or `service-…`: it is asked again where it is busy,
 * stumbles or breaks off, not where it is silent, as `withRetries` has it. Where no connection comes about, only once it has answered
 * before: a server that starts again is waited for, a wrong address is told at once.
 */
export function createServerPatience(request: {
  codes: "endpoint" | "service";
  /** In all; 6 unless told. */
  attempts?: number | undefined;
  /** The first pause; 1,000 unless told. */
  pauseMilliseconds?: number | undefined;
  /** A server that asks for a longer wait is not waited for; 300,000 unless told. */
  longestWaitMilliseconds?: number | undefined;
  /** From 0 to 1, for the parts of pauses that are waited; random unless told. */
  random?: (() => number) | undefined;
}): ServerPatience {
  const { codes, attempts = 6, pauseMilliseconds = 1_000, longestWaitMilliseconds, random } = request;
  let hasAnswered = false;
  const judge = (error: unknown): Passing | undefined => {
    if (!MedRoundsError.is(error)) return undefined;
    const { code, facts } = error;
    if (code === `${codes}-unreachable`) return hasAnswered ? {} : undefined;
    hasAnswered = true;
    const { status, retryAfterMilliseconds: asked } = facts;
    const passing = typeof asked === "number" ? { waitMilliseconds: asked } : {};
    // A reply of another kind, as a web page is, has the fact `contentType`: the address is wrong.
    if (code === `${codes}-broken`) return "contentType" in facts ? undefined : passing;
    const mayPass = code === `${codes}-busy` || (code === `${codes}-refused` && passingStatuses.has(status));
    return mayPass ? passing : undefined;
  };
  return async (work, signal) => {
    const result = await withRetries({
      work,
      judge,
      attempts,
      pauseMilliseconds,
      longestWaitMilliseconds,
      random,
      signal,
    });
    hasAnswered = true;
    return result;
  };
}
