export type ChatPart =
  | { type: "text"; text: string }
  | { type: "image"; bytes: Uint8Array; mediaType: string };

/** `input` is the JSON text of the arguments as the model wrote it; it may be invalid. */
type ChatToolCall = { id: string; name: string; input: string };

export type ChatMessage =
  | { role: "system"; text: string }
  | { role: "user"; parts: readonly ChatPart[] }
  | { role: "assistant"; text: string; toolCalls: readonly ChatToolCall[] }
  | { role: "tool"; callId: string; toolName: string; text: string };

/** A function that the model may call; `inputSchema` is JSON Schema 2020-12. */
export type ChatTool = { name: string; description: string; inputSchema: Record<string, unknown> };

/** A token that the model chose, with the natural logarithm of its probability, and the likeliest of its place. */
export type TokenLogprob = {
  token: string;
  logprob: number;
  top: readonly { token: string; logprob: number }[];
};

/**
 * A piece of a reply. A complete reply ends with exactly one `finish`; token counts the server does not report are null. The
 * log-probabilities of tokens come before their text, as far as the server gives them.
 */
export type ChatDelta =
  | { type: "text"; text: string }
  | { type: "reasoning"; text: string }
  | { type: "tool-call"; call: ChatToolCall }
  | { type: "logprobs"; tokens: readonly TokenLogprob[] }
  | {
      type: "finish";
      reason: "stop" | "length" | "tool-calls" | "content-filter" | "error" | "other";
      inputTokens: number | null;
      outputTokens: number | null;
      /** Millionths of a dollar; null where tokens or prices are not known. */
      costMicrodollars: number | null;
    };

export type ChatRequest = {
  messages: readonly ChatMessage[];
  tools?: readonly ChatTool[];
  /** The reply ends before the first of these strings. */
  stop?: readonly string[];
  maxOutputTokens?: number;
  temperature?: number;
  topP?: number;
  seed?: number;
  /** How many alternatives of each token to tell with its log-probability; 0 tells the chosen token's alone. */
  logprobs?: number;
  /** The last message is the assistant's, and the reply goes on where it ends. */
  continueLast?: boolean;
  /** JSON Schema that the reply has to fit. */
  responseSchema?: Record<string, unknown>;
  signal?: AbortSignal;
};

/**
 * How an unfinished assistant's turn is continued: vLLM's `continue_final_message`, a last message of the assistant that the server
 * continues by itself (llama.cpp, Anthropic's older models), or a raw completion of the turn written out by a known template.
 */
export type Continuation = "continue_final_message" | "prefix" | "completions";

/** What a model's server was found to do; null: not known. */
export type ModelCapabilities = {
  /** `most` images in one request: 0 where it takes none, null where no limit is known. */
  images: { most: number | null } | null;
  logprobs: boolean | null;
  /** Null where a turn can't be continued, or it is not known. */
  continuation: Continuation | null;
  tools: boolean | null;
  stop: boolean | null;
  responseSchema: boolean | null;
};

/** A chat model that takes images. */
export type ChatModel = {
  name: string;
  /** Address without credentials, query and trailing slash. */
  endpoint: string;
  /**
   * Sends the request when the iteration begins; leaving the iteration early closes the connection. Asked again where it fails in a
   * way that may pass, as long as no piece of a reply has come. Rejects with a `MedRoundsError`: `endpoint-unreachable`,
   * `endpoint-refused`, `endpoint-busy`, `endpoint-stalled`, `endpoint-broken`, `model-refused` (after its `finish`),
   * `reply-too-long`, `images-too-many`, `image-over-limit`, `continuation-unsupported` or `interrupted`.
   */
  stream(request: ChatRequest): AsyncIterable<ChatDelta>;
  /**
   * What the server does, found by small made-up requests: once for the process, and once for all where a cache is given. All null
   * where the endpoint is not there. Rejects with `interrupted` alone.
   */
  capabilities(signal?: AbortSignal): Promise<ModelCapabilities>;
};
