type DistillationMessage =
  | { role: "system"; text: string }
  | { role: "user"; parts: readonly { type: "text"; text: string }[] }
  | { role: "assistant"; text: string; toolCalls: readonly [] };

type DistillationDelta =
  | { type: "text"; text: string }
  | { type: "reasoning"; text: string }
  | { type: "tool-call" | "logprobs" }
  | { type: "finish"; reason: string; inputTokens: number | null; outputTokens: number | null };

/** A chat model. The iteration rejects with a `MedRoundsError` (endpoint-…, interrupted). */
export type DistillationModel = {
  name: string;
  stream(request: {
    messages: readonly DistillationMessage[];
    maxOutputTokens?: number;
    signal?: AbortSignal;
  }): AsyncIterable<DistillationDelta>;
};
