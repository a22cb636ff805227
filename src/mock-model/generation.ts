import type { Token } from "./tokens.ts";

export type ToolCall = { id: string; name: string; input: string };

/** One reply, as every door writes it in its vendor's form. */
export type Sample = {
  reasoning: readonly string[];
  tokens: readonly Token[];
  toolCalls: readonly ToolCall[];
  /** The words of a refusal, where the vendor has a field for them. */
  refusal: string | null;
  finish: "stop" | "length" | "tool-calls" | "content-filter" | "refusal";
  stopString: string | null;
};

export type Generation = {
  /** Hexadecimal; doors put their vendor's prefix before it. */
  id: string;
  /** Seconds since 1970. */
  created: number;
  model: string;
  /** Empty where the reply has no choice at all. */
  samples: readonly Sample[];
  /** Whether log-probabilities are told. */
  measured: boolean;
  /** Null where none is told. */
  usage: { inputTokens: number; outputTokens: number; reasoningTokens: number } | null;
  reasoningField: "reasoning_content" | "reasoning" | null;
};
