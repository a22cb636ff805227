import { MedRoundsError } from "#contracts";
import { readServerMessage } from "./server-message.ts";

export type GuardedFetchOptions = {
  /** As shown in errors. */
  endpoint: string;
  fetch: typeof globalThis.fetch;
  /** Longest wait for the next byte. */
  idleTimeoutMilliseconds: number;
  /** Takes secrets out of what the server wrote. */
  redact: (text: string) => string;
};

/**
 * A fetch for event streams whose failures are `MedRoundsError`s: `endpoint-unreachable` where no connection comes about,
 * `endpoint-refused` for any status but success, `endpoint-broken` for a reset, for silence, and for a reply that is no
 * stream. Redirects are refused, so that images go nowhere but to the configured host. An abort rejects as in fetch.
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
        throw signal.aborted ? error : connectionError(error, { endpoint: options.endpoint, arrived });
      } finally {
        clearTimeout(timer);
      }
    };
    const response = await watch(() => options.fetch(input, { ...init, redirect: "manual", signal }));
    arrived = true;
    const watched = new Response(response.body && watchBody(response.body, watch), response);
    if (!response.ok) throw await refusal(watched, options);
    await requireEventStream(watched, options.endpoint);
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

function silence({ endpoint, idleTimeoutMilliseconds }: GuardedFetchOptions): MedRoundsError {
  return new MedRoundsError(
    "endpoint-broken",
    `The model server at ${endpoint} sent nothing for ${idleTimeoutMilliseconds} milliseconds.`,
    { endpoint, idleTimeoutMilliseconds },
  );
}

async function refusal(
  response: Response,
  { endpoint, redact }: GuardedFetchOptions,
): Promise<MedRoundsError> {
  const { status } = response;
  const location = response.headers.get("location");
  const serverMessage =
    status < 400 && location !== null
      ? `redirect to ${redact(location).slice(0, 250)} is not followed`
      : await readServerMessage(response, redact);
  const said = serverMessage === "" ? "." : `: ${serverMessage}`;
  return new MedRoundsError(
    "endpoint-refused",
    `The model server at ${endpoint} refused the request with status ${status}${said}`,
    { endpoint, status, serverMessage },
  );
}

/** Names the two usual mistakes; servers that label an event stream otherwise are let through. */
async function requireEventStream(response: Response, endpoint: string): Promise<void> {
  const contentType = response.headers.get("content-type") ?? "";
  if (!/html|json/i.test(contentType)) return;
  await response.body?.cancel();
  throw new MedRoundsError(
    "endpoint-broken",
    `The server at ${endpoint} replied with ${contentType.slice(0, 80)} instead of a stream of events.`,
    { endpoint, contentType: contentType.slice(0, 80) },
  );
}

/** Codes of Node and of undici for a connection that came about and broke before the reply began. */
const brokenConnection = /^(ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_SOCKET|UND_ERR_HEADERS_.+|HPE_.+)$/;

function connectionError(
  error: unknown,
  { endpoint, arrived }: { endpoint: string; arrived: boolean },
): MedRoundsError {
  if (MedRoundsError.is(error)) return error;
  const cause = networkCode(error) ?? "unknown";
  return arrived || brokenConnection.test(cause)
    ? new MedRoundsError("endpoint-broken", `The connection to ${endpoint} broke off (${cause}).`, {
        endpoint,
        cause,
      })
    : new MedRoundsError(
        "endpoint-unreachable",
        `The model server at ${endpoint} cannot be reached (${cause}).`,
        {
          endpoint,
          cause,
        },
      );
}

/** The code of the deepest cause that has one: fetch hides `ECONNREFUSED` behind "fetch failed". */
function networkCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const own = "code" in error && typeof error.code === "string" ? error.code : undefined;
  return networkCode(error.cause) ?? own;
}
