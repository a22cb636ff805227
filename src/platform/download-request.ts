import { type ErrorCode, MedRoundsError } from "#contracts";
import { PassingFailure, type Patience } from "./download-retry.ts";
import { openOutlet } from "./outlet.ts";
import { passingStatuses, readRetryAfter } from "./retry.ts";
import { productVersion } from "./version.ts";

/** A reply that was accepted: its headers, and its body in pieces. */
export type Reply = { status: number; headers: Headers; url: string; body: AsyncIterable<Uint8Array> };

const refusing = new Set([401, 403, 451]);
const missing = new Set([404, 410]);

/**
 * Sends a GET and resolves to the reply where its status is one of `accept`. Throws a `PassingFailure` for no connection, silence, a
 * reset and the statuses of a busy server; `download-missing`, `download-refused` and `download-broken` for other statuses; and the
 * signal's reason. The body is as it lies on the server, never compressed for the way.
 */
export async function sendGet(request: {
  url: string;
  accept: readonly number[];
  headers?: Record<string, string>;
  patience: Patience;
  signal?: AbortSignal;
}): Promise<Reply> {
  const { url, accept, patience } = request;
  const silence = new AbortController();
  const signal = request.signal ? AbortSignal.any([request.signal, silence.signal]) : silence.signal;
  const watch = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    const timer = setTimeout(() => silence.abort(), patience.silenceMilliseconds);
    try {
      return await work();
    } catch (error) {
      request.signal?.throwIfAborted();
      throw connectionFailure({ url, error, silent: silence.signal.aborted });
    } finally {
      clearTimeout(timer);
    }
  };
  const headers = {
    "accept-encoding": "identity",
    "user-agent": `medrounds/${productVersion()}`,
    ...request.headers,
  };
  const response = await watch(() => openOutlet({ to: "public-files" })(url, { headers, signal }));
  if (!accept.includes(response.status)) {
    await response.body?.cancel().catch(() => undefined);
    throw statusFailure(url, response);
  }
  return { status: response.status, headers: response.headers, url, body: readPieces(response, watch) };
}

type Watch = <Result>(work: () => Promise<Result>) => Promise<Result>;

async function* readPieces(response: Response, watch: Watch): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      const { done, value } = await watch(() => reader.read());
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function connectionFailure(request: { url: string; error: unknown; silent: boolean }): PassingFailure {
  const { url, error, silent } = request;
  const host = hostOf(url);
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const reason = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
  const message = silent ? `${host} fell silent.` : `The connection to ${host} failed${reason}.`;
  return new PassingFailure(
    new MedRoundsError("download-unreachable", message, { address: url }, { cause: error }),
  );
}

function statusFailure(url: string, { status, headers }: Response): Error {
  const host = hostOf(url);
  const facts = { address: url, status };
  if (passingStatuses.has(status)) {
    const failure = new MedRoundsError(
      "download-unreachable",
      `${host} is busy or out of order: status ${status}.`,
      facts,
    );
    return new PassingFailure(failure, readRetryAfter(headers.get("retry-after")));
  }
  const [code, message]: [ErrorCode, string] = missing.has(status)
    ? ["download-missing", `${host} has no such file: status ${status}.`]
    : refusing.has(status)
      ? ["download-refused", `${host} does not give the file away: status ${status}.`]
      : ["download-broken", `${host} answered with status ${status}.`];
  return new MedRoundsError(code, message, facts);
}

export function hostOf(url: string): string {
  return new URL(url).host;
}
