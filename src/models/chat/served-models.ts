import { z } from "zod";
import { MedRoundsError } from "#contracts";
import { guardFetch } from "./guarded-fetch.ts";
import { chooseProvider } from "./providers/choose-provider.ts";
import { readKey } from "./read-key.ts";

/** OpenAI's and Anthropic's list has `data` with an `id` each, Google's `models` with a `name` each. */
const listSchema = z.union([
  z.object({ data: z.array(z.object({ id: z.string() })).nullable() }),
  z.object({ models: z.array(z.object({ name: z.string() })) }),
]);

/**
 * The names of the models that an endpoint says it serves (`GET …/models`). Nothing of a case is sent.
 * @throws MedRoundsError `endpoint-invalid`, `endpoint-unreachable`, `endpoint-refused`, `endpoint-busy`, `endpoint-stalled`,
 * `endpoint-broken`; the signal's reason
 */
export async function listServedModels(request: {
  endpoint: string;
  provider?: string | undefined;
  apiKey?: string | undefined;
  /** Longest wait for the next byte; 5,000 unless told. */
  idleTimeoutMilliseconds?: number;
  signal?: AbortSignal;
}): Promise<string[]> {
  const { provider, endpoint, queryParameters } = chooseProvider(request);
  const apiKey = readKey(request.apiKey) ?? "";
  const { idleTimeoutMilliseconds = 5_000, signal } = request;
  const redact = (text: string) => (apiKey === "" ? text : text.replaceAll(apiKey, "[key]"));
  const send = guardFetch({
    endpoint,
    idleTimeoutMilliseconds,
    redact,
    reply: "json",
  });
  const query = new URLSearchParams(queryParameters).toString();
  const response = await send(`${endpoint}/models${query === "" ? "" : `?${query}`}`, {
    headers: { accept: "application/json", ...(apiKey === "" ? {} : provider.authorize(apiKey)) },
    ...(signal && { signal }),
  });
  const list = listSchema.safeParse(await response.json().catch(() => undefined)).data;
  if (list === undefined) {
    const message = `The server at ${endpoint} gave no list of models.`;
    throw new MedRoundsError("endpoint-broken", message, { endpoint });
  }
  if ("models" in list) return list.models.map(({ name }) => name.replace(/^models\//, ""));
  return (list.data ?? []).map(({ id }) => id);
}
