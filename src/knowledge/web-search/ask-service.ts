import type { z } from "zod";
import { MedRoundsError } from "#contracts";
import { isLoopback, openOutlet, productVersion } from "#platform";
import type { TellSent } from "./web-results.ts";

const timeLimit = 15_000;
const sizeLimit = 8 * 1024 * 1024;
/** Of a missing or spent key; 432 and 433 are Tavily's for a plan's limit. */
const refusing = new Set([401, 402, 403, 432, 433]);

type ServiceRequest = {
  url: string;
  headers?: Record<string, string>;
  /** Sent by POST as JSON. */
  body?: unknown;
  /** How many characters of the query leave. */
  characters: number;
  tell: TellSent;
  signal: AbortSignal;
};

/**
 * A search service's reply, of at most 8 MB and 15 s; told before it is asked. A redirect is not followed, so that a query goes nowhere
 * else. No message holds the address, in which some services want their key.
 *
 * @throws MedRoundsError `web-search-refused`, `web-search-unreachable`, `web-search-broken`; the signal's reason.
 */
export async function askService(request: ServiceRequest): Promise<Uint8Array> {
  const { url, headers, body, characters, tell, signal } = request;
  const { host, hostname } = new URL(url);
  await tell({ host, loopback: isLoopback(hostname), images: 0, characters });
  const limited = AbortSignal.any([signal, AbortSignal.timeout(timeLimit)]);
  try {
    const response = await openOutlet({ to: "server", address: url })(url, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        accept: "application/json, application/xml",
        "user-agent": `medrounds/${productVersion()}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: limited,
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw statusError(host, response.status);
    }
    return await readBody(response, host);
  } catch (error) {
    signal.throwIfAborted();
    if (MedRoundsError.is(error)) throw error;
    const why = limited.aborted ? "did not answer in time" : "could not be reached, or broke off";
    throw new MedRoundsError("web-search-unreachable", `The search service ${host} ${why}.`, { host });
  }
}

/** The same, of a service that answers with JSON of the schema. */
export async function askForJson<Reply>(
  request: ServiceRequest & { schema: z.ZodType<Reply> },
): Promise<Reply> {
  const content = await askService(request);
  const { success, data } = request.schema.safeParse(parse(content));
  if (success) return data;
  throw brokenReply(request.url, "with something that is not the JSON of its interface");
}

export function brokenReply(url: string, how: string): MedRoundsError {
  const { host } = new URL(url);
  return new MedRoundsError("web-search-broken", `The search service ${host} answered ${how}.`, { host });
}

async function readBody(response: Response, host: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body ?? []) {
    length += piece.length;
    if (length > sizeLimit) throw brokenReply(response.url || `http://${host}`, "with more than 8 MB");
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function statusError(host: string, status: number): MedRoundsError {
  const facts = { host, status };
  if (refusing.has(status)) {
    return new MedRoundsError("web-search-refused", `${host} refused the search: status ${status}.`, facts);
  }
  const isBusy = status === 429 || status === 408 || status >= 500;
  return new MedRoundsError(
    isBusy ? "web-search-unreachable" : "web-search-broken",
    `The search service ${host} answered with status ${status}.`,
    facts,
  );
}

function parse(content: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(content));
  } catch {
    return undefined;
  }
}
