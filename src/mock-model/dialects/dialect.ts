import type { Generation, Sample } from "../generation.ts";
import type { Problem } from "../problem.ts";

/** How one server speaks what OpenAI's chat completions leave open. Objects are parts of the JSON that is sent. */
export type Dialect = {
  name: string;
  /** Fields of every reply and every chunk, beside id, object, created, model and choices. */
  envelope: { whole: object; chunk: object; firstChunk: object; completion: object };
  /** Fields of a choice beside its index, its message or delta and its finish reason. */
  choice: { whole: object; firstChunk: object; chunk: object };
  /** The delta of the first chunk; null where there is none. */
  opening: object | null;
  /** Fields of every delta with content. */
  delta: object;
  closing: object;
  /** Fields of a whole message beside role and content. */
  message: object;
  /** Whether refusals have a field of their own. */
  refuses: boolean;
  reasoningField: "reasoning_content" | "reasoning";
  toolCallPrefix: string;
  /** Whether a stream sends each tool call in one piece. */
  wholeToolCalls: boolean;
  /** Whether fields that the server does not know are refused. */
  strict: boolean;
  /** Fields of each log-probability beside token, logprob and bytes. */
  logprob: object;
  /** Whether completions tell log-probabilities as lists side by side; else as chat completions do. */
  listsLogprobs: boolean;
  /** Whether chunks before the last carry `usage: null` where the usage was asked for. */
  nullUsage: boolean;
  /** Whether the assistant's last message is continued. */
  continues(
    body: { continue_final_message?: boolean | null | undefined },
    lastRole: string | undefined,
  ): boolean;
  finish(sample: Sample): object;
  usage(usage: NonNullable<Generation["usage"]>): object;
  /** Fields of a whole reply, or of a stream's last chunk. */
  last(generation: Generation): object;
  models(names: readonly string[], created: number): object;
  /** What else answers to GET, by path. */
  pages(names: readonly string[]): Record<string, object>;
  problem(problem: Problem): object;
};

export function finishReason({ finish }: Sample): string {
  const words = {
    stop: "stop",
    length: "length",
    "tool-calls": "tool_calls",
    "content-filter": "content_filter",
    refusal: "stop",
  };
  return words[finish];
}

export function countTokens({ inputTokens, outputTokens }: NonNullable<Generation["usage"]>) {
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
  };
}
