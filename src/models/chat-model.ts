import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { MedRoundsError } from "#contracts";
import type { ChatDelta, ChatModel } from "./chat.ts";
import { parseEndpointAddress } from "./endpoint-address.ts";
import { guardFetch } from "./guarded-fetch.ts";
import { toCallOptions } from "./prompt.ts";
import { readKey } from "./read-key.ts";
import { serverMessageIn } from "./server-message.ts";

export type ChatModelOptions = {
  /** An http(s) address such as `http://127.0.0.1:8000/v1`; `/chat/completions` is appended to it. */
  endpoint: string;
  model: string;
  /** Sent as bearer token; in no error, not even where the server repeats it. */
  apiKey?: string;
  fetch: typeof globalThis.fetch;
  /** Longest wait for the next byte, in milliseconds; 120,000 unless told. Node's fetch gives up after 300,000 itself. */
  idleTimeoutMilliseconds?: number;
};

/**
 * A chat model behind any endpoint that speaks OpenAI's chat completions with server-sent events (vLLM, SGLang, Ollama,
 * llama.cpp, hosted models). Images travel as data URIs. Nothing is sent before the first stream is read; nothing is retried.
 * @throws MedRoundsError `endpoint-invalid`; `usage-invalid` where the key cannot stand in an HTTP header
 */
export function createChatModel(options: ChatModelOptions): ChatModel {
  const { endpoint, queryParameters } = parseEndpointAddress(options.endpoint);
  const apiKey = readKey(options.apiKey);
  const redact = (text: string) => (apiKey === undefined ? text : text.replaceAll(apiKey, "[key]"));
  const { idleTimeoutMilliseconds = 120_000 } = options;
  const provider = createOpenAICompatible({
    name: "endpoint",
    baseURL: endpoint,
    queryParams: queryParameters,
    includeUsage: true,
    fetch: guardFetch({ endpoint, fetch: options.fetch, idleTimeoutMilliseconds, redact }),
    ...(apiKey !== undefined && { apiKey }),
  });
  const model = provider.chatModel(options.model);
  return {
    name: options.model,
    endpoint,
    async *stream(request) {
      try {
        request.signal?.throwIfAborted();
        const { stream } = await model.doStream(toCallOptions(request));
        for await (const part of stream) {
          if (part.type === "error") throw brokenStream(part.error, { endpoint, redact });
          const delta = toDelta(part);
          if (delta !== undefined) yield delta;
        }
      } catch (error) {
        if (request.signal?.aborted) throw interruption(endpoint);
        throw medRoundsErrorIn(error) ?? brokenStream(error, { endpoint, redact });
      }
    },
  };
}

function toDelta(part: LanguageModelV4StreamPart): ChatDelta | undefined {
  switch (part.type) {
    case "text-delta":
      return { type: "text", text: part.delta };
    case "reasoning-delta":
      return { type: "reasoning", text: part.delta };
    case "tool-call":
      return { type: "tool-call", call: { id: part.toolCallId, name: part.toolName, input: part.input } };
    case "finish": {
      const reason = part.finishReason.unified;
      return {
        type: "finish",
        reason: reason === "interrupted" ? "other" : reason,
        inputTokens: toCount(part.usage.inputTokens.total),
        outputTokens: toCount(part.usage.outputTokens.total),
      };
    }
    default:
      return undefined;
  }
}

function toCount(value: number | undefined): number | null {
  return Number.isSafeInteger(value) ? (value as number) : null;
}

/** The SDK wraps what its fetch throws; ours says best what happened. */
function medRoundsErrorIn(error: unknown): MedRoundsError | undefined {
  if (MedRoundsError.is(error)) return error;
  return error instanceof Error ? medRoundsErrorIn(error.cause) : undefined;
}

function interruption(endpoint: string): MedRoundsError {
  return new MedRoundsError("interrupted", "The request to the model was interrupted.", { endpoint });
}

/**
 * Says by the kind of the SDK's error what was wrong. Its text stays out: it quotes what the server sent.
 * An object that is no `Error` is the error event of the server itself (vLLM and others send one with status 200).
 */
function brokenStream(
  error: unknown,
  { endpoint, redact }: { endpoint: string; redact: (text: string) => string },
): MedRoundsError {
  if (error instanceof Error) {
    return new MedRoundsError(
      "endpoint-broken",
      `The reply of the model server at ${endpoint} was incomplete or not a chat completion (${error.name}).`,
      { endpoint, cause: error.name },
    );
  }
  const serverMessage = serverMessageIn(error, redact);
  return new MedRoundsError(
    "endpoint-broken",
    `The model server at ${endpoint} failed while it replied: ${serverMessage || "it gave no reason"}`,
    { endpoint, serverMessage },
  );
}
