import { countTokens, type Dialect, finishReason } from "./dialect.ts";

const kinds: Record<number, string> = { 401: "authentication_error", 429: "requests" };
const codes: Record<number, string> = {
  401: "invalid_api_key",
  404: "model_not_found",
  429: "rate_limit_exceeded",
};

/** OpenAI's API reference, chat completions, as of 2025. It neither shows reasoning nor continues a turn. */
export const openai: Dialect = {
  name: "openai",
  envelope: {
    whole: { service_tier: "default", system_fingerprint: null },
    chunk: { service_tier: "default", system_fingerprint: null, obfuscation: "scripted" },
    firstChunk: { service_tier: "default", system_fingerprint: null, obfuscation: "scripted" },
    completion: { system_fingerprint: null },
  },
  choice: { whole: { logprobs: null }, firstChunk: { logprobs: null }, chunk: { logprobs: null } },
  opening: { role: "assistant", content: "", refusal: null },
  delta: {},
  closing: {},
  message: { refusal: null, annotations: [] },
  refuses: true,
  reasoningField: "reasoning_content",
  toolCallPrefix: "call_",
  wholeToolCalls: false,
  strict: true,
  logprob: {},
  listsLogprobs: true,
  nullUsage: true,
  continues: () => false,
  finish: (sample) => ({ finish_reason: finishReason(sample) }),
  usage: (usage) => ({
    ...countTokens(usage),
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: usage.reasoningTokens,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  }),
  last: () => ({}),
  models: (names, created) => ({
    object: "list",
    data: names.map((id) => ({ id, object: "model", created, owned_by: "system" })),
  }),
  pages: () => ({}),
  problem: ({ status, message, param }) => ({
    error: {
      message,
      type: kinds[status] ?? (status < 500 ? "invalid_request_error" : "server_error"),
      param: param ?? null,
      code: codes[status] ?? null,
    },
  }),
};
