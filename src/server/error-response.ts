import { type ErrorCode, type Failure, MedRoundsError, toFailure, withoutPlaces } from "#contracts";
import { reportDefect } from "#platform";
import { statusOf } from "./status.ts";

/** The response to a client that has left, which only counters see. */
export function departureResponse(): Response {
  return new Response(null, { status: 499 });
}

/** Told the code of each error that a client is told. */
export type OnError = (code: ErrorCode) => void;

/** An error as `{ error: Failure }`. Of a defect the client learns nothing; its trace goes to stderr. */
export function errorResponse(error: unknown, onError?: OnError): Response {
  if (isDeparture(error)) return departureResponse();
  if (!MedRoundsError.is(error)) reportDefect(error);
  const failure = toFailure(error);
  onError?.(failure.code);
  return failureResponse(failure);
}

function failureResponse(failure: Failure): Response {
  const status = statusOf(failure.code);
  const headers = new Headers();
  if (status === 401) headers.set("WWW-Authenticate", "Bearer");
  if (status === 413) headers.set("Connection", "close");
  if (failure.code === "server-busy") headers.set("Retry-After", "2");
  return Response.json({ error: withoutPlaces(failure) }, { status, headers });
}

/** A client that left in the middle of its request or of the reply; nobody reads the answer, and it is no defect. */
function isDeparture(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === "AbortError" || ("code" in error && error.code === "ECONNRESET");
}
