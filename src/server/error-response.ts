import { errorCures, type Failure, MedRoundsError, toFailure } from "#contracts";
import { statusOf } from "./status.ts";

/** Facts that name places of the server's own machine. */
const privateFacts = new Set(["path", "folder", "address"]);

/** An error as `{ error: Failure }`. Of a defect the client learns nothing; its trace goes to stderr. */
export function errorResponse(error: unknown): Response {
  if (MedRoundsError.is(error)) return failureResponse(toFailure(error));
  reportDefect(error);
  const message = "Something went wrong inside MedRounds; the server's terminal shows the trace.";
  return failureResponse({ code: "internal", message, cure: errorCures.internal, facts: {} });
}

function failureResponse({ facts, ...failure }: Failure): Response {
  const shown = Object.fromEntries(Object.entries(facts).filter(([name]) => !privateFacts.has(name)));
  const status = statusOf(failure.code);
  const headers = new Headers();
  if (status === 401) headers.set("WWW-Authenticate", "Bearer");
  if (status === 413) headers.set("Connection", "close");
  if (failure.code === "server-busy") headers.set("Retry-After", "2");
  return Response.json({ error: { ...failure, facts: shown } satisfies Failure }, { status, headers });
}

/** Writes what nobody is to blame for but us to stderr, with its trace. */
export function reportDefect(error: unknown): void {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`medrounds serve: ${trace}\n`);
}
