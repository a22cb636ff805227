import { type ErrorCode, MedRoundsError } from "#contracts";
import { openOutlet, readRetryAfter } from "#platform";
import { readServerMessage } from "./server-message.ts";

export type GuardedFetchOptions = {
  /** As shown in errors. */
  endpoint: string;
  /** Stands in for `fetch`. */
  fetch?: typeof globalThis.fetch | undefined;
  /** Longest wait for the next byte. */
  idleTimeoutMilliseconds: number;
  /** Takes secrets out of what the server wrote. */
  redact: (text: string) => string;
  /** What the server has to send; a stream of events unless told. */
  reply?: "events" | "json" | "either";
  codes?: FailureCodes;
};

/** The codes of the ways in which a server fails; where there is none of its own, busy and failing are refused, stalled is broken. */
type FailureCodes = {
  unreachable: ErrorCode;
  refused: ErrorCode;
  broken: ErrorCode;
  /** Status 429, 503 and 529. */
  busy?: ErrorCode;
  /** Any other status from 500. */
  failing?: ErrorCode;
  /** Silence. */
  stalled?: ErrorCode;
};

const chatCodes: FailureCodes = {
  unreachable: "endpoint-unreachable",
  refused: "endpoint-refused",
  broken: "endpoint-broken",
  busy: "endpoint-busy",
  failing: "endpoint-broken",
  stalled: "endpoint-stalled",
};

/** 20 alternatives of each of 32,768 tokens are about 60 MB. */
const largestStream = 128 * 1024 * 1024;

/**
 * A fetch for a model server whose failures are `MedRoundsError`s: `unreachable` where no connection comes about, `refused`, `busy`
 * or `failing` for any status but success, `broken` for a reset and for a reply of another kind, `stalled` for silence; the codes of
 * chat models unless others are given. Redirects are refused, and so is any other origin, so that what is sent, the key with it, goes
 * nowhere but to the configured host. An abort rejects as in fetch. A fact `retryAfterMilliseconds` stands where a refusal has that
 * header.
 */
export function guardFetch(options: GuardedFetchOptions): typeof globalThis.fetch {
  const send = openOutlet({ to: "server", address: options.endpoint }, options.fetch);
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
    const response = await watch(() => send(input, { ...init, signal }));
    arrived = true;
    const watched = new Response(response.body && watchBody(response.body, watch, options), response);
    if (!response.ok) throw await refusal(watched, options);
    await requireReply(watched, options);
    return watched;
  };
}

type Watch = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** The clock runs only while a read waits for the server: a slow consumer is no silence of the server. */
function watchBody(
  body: ReadableStream<Uint8Array>,
  watch: Watch,
  { endpoint, reply = "events", codes = chatCodes }: GuardedFetchOptions,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let bytes = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await watch(() => reader.read());
        bytes += value?.length ?? 0;
        if (reply !== "json" && bytes > largestStream) {
          await reader.cancel();
          throw new MedRoundsError(codes.broken, `The model server at ${endpoint} sent more than 128 MB.`, {
            endpoint,
          });
        }
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
    codes.stalled ?? codes.broken,
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
  const { code, what } = judgeStatus(status, codes);
  return new MedRoundsError(code, `The model server at ${endpoint} ${what} with status ${status}${said}`, {
    endpoint,
    status,
    serverMessage,
    ...(retryAfterMilliseconds !== undefined && { retryAfterMilliseconds }),
  });
}

/** 529 is Anthropic's status of an overload. */
const busyStatuses = [429, 503, 529];

function judgeStatus(status: number, codes: FailureCodes): { code: ErrorCode; what: string } {
  if (codes.busy && busyStatuses.includes(status)) return { code: codes.busy, what: "is busy and replied" };
  if (codes.failing && status >= 500) return { code: codes.failing, what: "failed" };
  return { code: codes.refused, what: "refused the request" };
}

const wrongKinds = {
  events: [/html|json/i, "a stream of events"],
  json: [/html|event-stream/i, "JSON"],
  either: [/html/i, "a stream of events"],
} as const;

/** Names the usual mistakes; servers that label a good reply otherwise are let through. */
async function requireReply(response: Response, options: GuardedFetchOptions): Promise<void> {
  const { endpoint, reply = "events", codes = chatCodes } = options;
  const contentType = response.headers.get("content-type") ?? "";
  const [wrong, wanted] = wrongKinds[reply];
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
