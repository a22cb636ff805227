import { type Failure, MedRoundsError, toFailure, withoutPlaces } from "#contracts";
import { reportDefect } from "#platform";
import { statusOf } from "./status.ts";

/** An error as `{ error: Failure }`. Of a defect the client learns nothing; its trace goes to stderr. */
export function errorResponse(error: unknown): Response {
  if (isDeparture(error)) return new Response(null, { status: 499 });
  if (MedRoundsError.is(error)) return failureResponse(toFailure(error));
  reportDefect(error);
  return failureResponse(toFailure(error));
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
