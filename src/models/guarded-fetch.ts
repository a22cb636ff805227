import { type ErrorCode, MedRoundsError } from "#contracts";
import { readRetryAfter } from "#platform";
import { readServerMessage } from "./server-message.ts";

export type GuardedFetchOptions = {
  /** As shown in errors. */
  endpoint: string;
  fetch: typeof globalThis.fetch;
  /** Longest wait for the next byte. */
  idleTimeoutMilliseconds: number;
  /** Takes secrets out of what the server wrote. */
  redact: (text: string) => string;
  /** What the server has to send; a stream of events unless told. */
  reply?: "events" | "json";
  codes?: FailureCodes;
};

/** The codes of the three ways in which a server fails. */
type FailureCodes = { unreachable: ErrorCode; refused: ErrorCode; broken: ErrorCode };

const chatCodes: FailureCodes = {
  unreachable: "endpoint-unreachable",
  refused: "endpoint-refused",
  broken: "endpoint-broken",
};

/**
 * A fetch for a model server whose failures are `MedRoundsError`s: `unreachable` where no connection comes about, `refused` for
 * any status but success, `broken` for a reset, for silence, and for a reply of another kind; the codes of chat models unless
 * others are given. Redirects are refused, so that what is sent goes nowhere but to the configured host. An abort rejects as in
 * fetch. A fact `retryAfterMilliseconds` stands where a refusal has that header.
 */
export function guardFetch(options: GuardedFetchOptions): typeof globalThis.fetch {
  return async (input, init) => {
    const idle = new AbortController();
    const signal = init?.signal ? AbortSignal.any([init.signal, idle.signal]) : idle.signal;
    let arrived = false;
    const watch: Watch = async (work) => {
      const timer = setTimeout(() => idle.abort(silence(options)), options.idleTimeoutMilliseconds);
      try {
        return await work();
      } catch (error) {
        throw signal.aborted ? error : connectionError(error, options, arrived);
      } finally {
        clearTimeout(timer);
      }
    };
    const response = await watch(() => options.fetch(input, { ...init, redirect: "manual", signal }));
    arrived = true;
    const watched = new Response(response.body && watchBody(response.body, watch), response);
    if (!response.ok) throw await refusal(watched, options);
    await requireReply(watched, options);
    return watched;
  };
}

type Watch = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** The clock runs only while a read waits for the server: a slow consumer is no silence of the server. */
function watchBody(body: ReadableStream<Uint8Array>, watch: Watch): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await watch(() => reader.read());
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

function silence(options: GuardedFetchOptions): MedRoundsError {
  const { endpoint, idleTimeoutMilliseconds, codes = chatCodes } = options;
  return new MedRoundsError(
    codes.broken,
    `The model server at ${endpoint} sent nothing for ${idleTimeoutMilliseconds} milliseconds.`,
    { endpoint, idleTimeoutMilliseconds },
  );
}

async function refusal(response: Response, options: GuardedFetchOptions): Promise<MedRoundsError> {
  const { endpoint, redact, codes = chatCodes } = options;
  const { status } = response;
  const retryAfterMilliseconds = readRetryAfter(response.headers.get("retry-after"));
  const location = response.headers.get("location");
  const serverMessage =
    status < 400 && location !== null
      ? `redirect to ${redact(location).slice(0, 250)} is not followed`
      : await readServerMessage(response, redact);
  const said = serverMessage === "" ? "." : `: ${serverMessage}`;
  return new MedRoundsError(
    codes.refused,
    `The model server at ${endpoint} refused the request with status ${status}${said}`,
    {
      endpoint,
      status,
      serverMessage,
      ...(retryAfterMilliseconds !== undefined && { retryAfterMilliseconds }),
    },
  );
}

/** Names the usual mistakes; servers that label a good reply otherwise are let through. */
async function requireReply(response: Response, options: GuardedFetchOptions): Promise<void> {
  const { endpoint, reply = "events", codes = chatCodes } = options;
  const contentType = response.headers.get("content-type") ?? "";
  const [wrong, wanted] =
    reply === "events" ? [/html|json/i, "a stream of events"] : [/html|event-stream/i, "JSON"];
  if (!wrong.test(contentType)) return;
  await response.body?.cancel();
  throw new MedRoundsError(
    codes.broken,
    `The server at ${endpoint} replied with ${contentType.slice(0, 80)} instead of ${wanted}.`,
    { endpoint, contentType: contentType.slice(0, 80) },
  );
}

/** Codes of Node and of undici for a connection that came about and broke before the reply began. */
const brokenConnection = /^(ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_SOCKET|UND_ERR_HEADERS_.+|HPE_.+)$/;

function connectionError(error: unknown, options: GuardedFetchOptions, arrived: boolean): MedRoundsError {
  if (MedRoundsError.is(error)) return error;
  const { endpoint, codes = chatCodes } = options;
  const cause = networkCode(error) ?? "unknown";
  return arrived || brokenConnection.test(cause)
    ? new MedRoundsError(codes.broken, `The connection to ${endpoint} broke off (${cause}).`, {
        endpoint,
        cause,
      })
    : new MedRoundsError(codes.unreachable, `The model server at ${endpoint} cannot be reached (${cause}).`, {
        endpoint,
        cause,
      });
}

/** The code of the deepest cause that has one: fetch hides `ECONNREFUSED` behind "fetch failed". */
function networkCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const own = "code" in error && typeof error.code === "string" ? error.code : undefined;
  return networkCode(error.cause) ?? own;
}
