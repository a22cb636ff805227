import { readVariable } from "#platform";
import type { ChatDelta, ChatRequest, Continuation } from "./chat.ts";
import { readChatCompletion } from "./chat-completions-reply.ts";
import { readCompletionReply } from "./completions-reply.ts";
import { guardFetch } from "./guarded-fetch.ts";
import { createOutputLimit } from "./output-limit.ts";
import type { Prices } from "./prices.ts";
import { toCallOptions } from "./prompt.ts";
import type { ChatProvider } from "./providers/chat-provider.ts";
import { chooseProvider } from "./providers/choose-provider.ts";
import { readKey } from "./read-key.ts";
import { refusalOf, replyFailure } from "./reply-failure.ts";
import { readSdkReply } from "./sdk-reply.ts";
import { sendWhole } from "./send-whole.ts";
import type { ChatTemplateName } from "./templates.ts";
import { acceptWholeReply } from "./whole-reply.ts";

export type TransportOptions = {
  /** An http(s) address such as `http://127.0.0.1:8000/v1`; the provider's path of a request is appended to it. */
  endpoint: string;
  model: string;
  /** Recognized by the endpoint's host unless told. */
  provider?: string | undefined;
  /** Goes to the endpoint's host and nowhere else. */
  apiKey?: string | undefined;
  /** Stands in for `fetch`. */
  fetch?: typeof globalThis.fetch | undefined;
  /** How the model's family writes turns, for raw completions. */
  template?: ChatTemplateName | undefined;
  prices?: Prices | undefined;
  /** Longest wait for the next byte, in milliseconds; 120,000 unless told. Node's fetch gives up after 300,000 itself. */
  idleTimeoutMilliseconds?: number | undefined;
  mostOutputTokens?: number | undefined;
};

export type ChatTransport = {
  endpoint: string;
  provider: ChatProvider;
  template: ChatTemplateName | undefined;
  /** One try of one request. Rejects with a `MedRoundsError`, or as an aborted fetch does. */
  read(request: ChatRequest, continuation: Continuation | null): AsyncGenerator<ChatDelta, void>;
};

/** @throws MedRoundsError `endpoint-invalid`, `usage-invalid` */
export function openTransport(options: TransportOptions): ChatTransport {
  const { provider, endpoint, queryParameters } = chooseProvider(options);
  const { model: name, template, prices, mostOutputTokens, idleTimeoutMilliseconds = 120_000 } = options;
  const apiKey = readKey(options.apiKey) ?? "";
  const redact = (text: string) => (apiKey === "" ? text : text.replaceAll(apiKey, "[key]"));
  // Node's fetch goes through the proxies of the environment where it is told to.
  const usual = readVariable("NODE_USE_ENV_PROXY") === undefined ? sendWhole : undefined;
  const guards = { endpoint, fetch: options.fetch ?? usual, idleTimeoutMilliseconds, redact };
  const fetch = guardFetch({ ...guards, reply: "either" });
  const model = provider.open({ model: name, endpoint, queryParameters, apiKey, fetch });

  const query = new URLSearchParams(queryParameters).toString();
  const addressOf = (path: string) => `${endpoint}${path}${query === "" ? "" : `?${query}`}`;
  const headers = apiKey === "" ? {} : provider.authorize(apiKey);
  const sendRaw = guardFetch(guards);
  const sendChat = acceptWholeReply(fetch, endpoint);

  const readParts = (request: ChatRequest, continuation: Continuation | null) => {
    const limit = createOutputLimit({ most: request.maxOutputTokens, endpoint });
    const given = { headers, request, prices, limit };
    if (continuation === "completions" && template !== undefined) {
      const address = addressOf("/completions");
      return readCompletionReply({ ...given, address, fetch: sendRaw, model: name, template });
    }
    const { writeBody } = provider;
    if (writeBody === undefined)
      return readSdkReply({ model, provider, request, continuation, prices, limit });
    const providerOptions = provider.settings(request, continuation);
    return readChatCompletion({
      ...given,
      address: addressOf("/chat/completions"),
      fetch: sendChat,
      writeBody: (encode) => writeBody(model, { ...toCallOptions(request, encode), providerOptions }),
    });
  };
  return {
    endpoint,
    provider,
    template,
    async *read(given, continuation) {
      const most = given.maxOutputTokens ?? Number.POSITIVE_INFINITY;
      const request =
        mostOutputTokens === undefined
          ? given
          : { ...given, maxOutputTokens: Math.min(mostOutputTokens, most) };
      let said = "";
      try {
        for await (const delta of readParts(request, continuation)) {
          if (delta.type === "text" && said.length < 300) said += delta.text;
          yield delta;
          if (delta.type === "finish" && delta.reason === "content-filter") {
            throw refusalOf(said, { endpoint, redact });
          }
        }
      } catch (error) {
        if (request.signal?.aborted) throw error;
        throw replyFailure(error, { endpoint, redact });
      }
    },
  };
}
