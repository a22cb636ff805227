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

/** A piece of a reply. A complete reply ends with exactly one `finish`; token counts the server does not report are null. */
export type ChatDelta =
  | { type: "text"; text: string }
  | { type: "reasoning"; text: string }
  | { type: "tool-call"; call: ChatToolCall }
  | {
      type: "finish";
      reason: "stop" | "length" | "tool-calls" | "content-filter" | "error" | "other";
      inputTokens: number | null;
      outputTokens: number | null;
    };

export type ChatRequest = {
  messages: readonly ChatMessage[];
  tools?: readonly ChatTool[];
  /** The reply ends before the first of these strings. */
  stop?: readonly string[];
  maxOutputTokens?: number;
  seed?: number;
  signal?: AbortSignal;
};

/** A chat model that takes images. */
export type ChatModel = {
  name: string;
  /** Address without credentials, query and trailing slash. */
  endpoint: string;
  /**
   * Sends the request when the iteration begins; leaving the iteration early closes the connection.
   * Rejects with a `MedRoundsError`: `endpoint-unreachable`, `endpoint-refused`, `endpoint-broken` or `interrupted`.
   */
  stream(request: ChatRequest): AsyncIterable<ChatDelta>;
};
