import { MedRoundsError } from "#contracts";
import { createServerPatience } from "#platform";
import { parseEndpointAddress } from "../chat/endpoint-address.ts";
import { guardFetch } from "../chat/guarded-fetch.ts";
import { readKey } from "../chat/read-key.ts";
import type { TransportLimits } from "./transport-limits.ts";

const codes = {
  unreachable: "service-unreachable",
  refused: "service-refused",
  broken: "service-broken",
} as const;
/** 2,048 vectors of 4,096 numbers in JSON are about 160 MB. */
const largestReply = 256 * 1024 * 1024;

/** A server that is asked and answers in JSON. */
export type JsonService = {
  /** Without credentials, query and trailing slash. */
  endpoint: string;
  /**
   * The parsed reply to a request: GET, or POST where there is a body. Asked again after failures that may pass.
   * Rejects with `service-unreachable`, `service-refused` or `service-broken`, or with the signal's reason.
   */
  ask(request: { path: string; body?: unknown; signal?: AbortSignal }): Promise<unknown>;
};

/**
 * Sends nothing yet. The key goes as bearer token and is in no error, not even where the server repeats it.
 * @throws MedRoundsError `endpoint-invalid`; `usage-invalid` where the key cannot stand in an HTTP header
 */
export function createJsonService(request: {
  address: string;
  apiKey?: string | undefined;
  limits?: TransportLimits | undefined;
}): JsonService {
  const { endpoint, queryParameters } = parseEndpointAddress(request.address);
  const apiKey = readKey(request.apiKey);
  const redact = (text: string) => (apiKey === undefined ? text : text.replaceAll(apiKey, "[key]"));
  const {
    idleTimeoutMilliseconds = 60_000,
    timeoutMilliseconds = 300_000,
    attempts,
    pauseMilliseconds = 500,
  } = request.limits ?? {};
  const guarded = guardFetch({ endpoint, idleTimeoutMilliseconds, redact, reply: "json", codes });
  const broken = (what: string, facts = {}) =>
    new MedRoundsError("service-broken", `The reply of the server at ${endpoint} ${what}.`, {
      endpoint,
      ...facts,
    });
  const patience = createServerPatience({ codes: "service", attempts, pauseMilliseconds });
  const query = new URLSearchParams(queryParameters).toString();
  return {
    endpoint,
    async ask({ path, body, signal }) {
      const url = `${endpoint}${path}${query === "" ? "" : `?${query}`}`;
      const content = body === undefined ? undefined : JSON.stringify(body);
      const attempt = async () => {
        const late = AbortSignal.timeout(timeoutMilliseconds);
        try {
          const response = await guarded(url, {
            method: content === undefined ? "GET" : "POST",
            headers: {
              accept: "application/json",
              ...(content !== undefined && { "content-type": "application/json" }),
              ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
            },
            ...(content !== undefined && { body: content }),
            signal: signal ? AbortSignal.any([signal, late]) : late,
          });
          return parse(await readText(response, broken), broken);
        } catch (error) {
          signal?.throwIfAborted();
          if (late.aborted)
            throw broken(`took longer than ${timeoutMilliseconds} ms`, { timeoutMilliseconds });
          throw error;
        }
      };
      return patience(attempt, signal);
    },
  };
}

type Broken = (what: string) => MedRoundsError;

async function readText(response: Response, broken: Broken): Promise<string> {
  const decoder = new TextDecoder();
  let [text, bytes] = ["", 0];
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > largestReply) throw broken("is larger than 256 MB");
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parse(text: string, broken: Broken): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw broken("is not JSON, or not the whole of it");
  }
}
