import { isLoopback } from "#platform";
import type { PolicyOutput } from "../policy.ts";
import type { ChatDelta, ChatMessage, ChatModel, ChatTool, ChatToolCall, TokenLogprob } from "../ports.ts";

export type ModelTurn = {
  text: string;
  toolCalls: readonly ChatToolCall[];
  /** With their log-probabilities, where the server gave them. */
  tokens: readonly TokenLogprob[];
  finish: FinishReason;
};
type FinishReason = Extract<ChatDelta, { type: "finish" }>["reason"];

/**
 * One generation by a chat model: says first what leaves for which host, then passes text on as it comes, then the usage.
 * The model's separate reasoning, where an endpoint sends it, is shown but is not part of the text.
 */
export async function* generate(request: {
  model: ChatModel;
  messages: readonly ChatMessage[];
  tools?: readonly ChatTool[];
  stop?: readonly string[];
  continueLast?: boolean;
  responseSchema?: Record<string, unknown>;
  /** What is shown of the text, as where it is JSON; all unless told. Reasoning is shown as it is. */
  show?: (piece: string) => string;
  logprobs?: number;
  temperature?: number;
  maxOutputTokens?: number;
  seed: number;
  signal: AbortSignal;
}): AsyncGenerator<PolicyOutput, ModelTurn> {
  const { model, messages, show = (piece) => piece, ...settings } = request;
  yield { type: "data-sent", ...address(model.endpoint), ...measure(messages) };
  let text = "";
  let finish: FinishReason = "other";
  const toolCalls: ChatToolCall[] = [];
  const tokens: TokenLogprob[] = [];
  for await (const delta of model.stream({ messages, ...settings })) {
    if (delta.type === "text") text += delta.text;
    if (delta.type === "text" || delta.type === "reasoning") {
      const shown = delta.type === "text" ? show(delta.text) : delta.text;
      if (shown !== "") yield { type: "thought-delta", text: shown };
    }
    if (delta.type === "tool-call") toolCalls.push(delta.call);
    if (delta.type === "logprobs") for (const token of delta.tokens) tokens.push(token);
    if (delta.type === "finish") {
      finish = delta.reason;
      yield { type: "usage", inputTokens: delta.inputTokens, outputTokens: delta.outputTokens };
    }
  }
  return { text, toolCalls, tokens, finish };
}

function address(endpoint: string): { host: string; loopback: boolean } {
  const { host, hostname } = new URL(endpoint);
  return { host, loopback: isLoopback(hostname) };
}

function measure(messages: readonly ChatMessage[]): { images: number; characters: number } {
  let images = 0;
  let characters = 0;
  for (const message of messages) {
    if (message.role !== "user") {
      characters += message.text.length;
      if (message.role === "assistant") for (const { input } of message.toolCalls) characters += input.length;
      continue;
    }
    for (const part of message.parts) {
      if (part.type === "image") images++;
      else characters += part.text.length;
    }
  }
  return { images, characters };
}
