import { type Failure, MedRoundsError, toFailure, withoutPlaces } from "#contracts";
import { reportDefect } from "#platform";
import { statusOf } from "./status.ts";

/** An error as `{ error: Failure }`. Of a defect the client learns nothing; its trace goes to stderr. */
export function errorResponse(error: unknown): Response {
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
