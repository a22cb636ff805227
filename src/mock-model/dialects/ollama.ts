import { countTokens, type Dialect, finishReason } from "./dialect.ts";

const fingerprint = { system_fingerprint: "fp_ollama" };
const kinds: Record<number, string> = { 400: "invalid_request_error", 404: "not_found_error" };

/** Ollama's OpenAI-compatible door (openai/openai.go). Every delta has role and content; tool calls come whole. */
export const ollama: Dialect = {
  name: "ollama",
  envelope: { whole: fingerprint, chunk: fingerprint, firstChunk: fingerprint, completion: fingerprint },
  choice: { whole: {}, firstChunk: {}, chunk: {} },
  opening: null,
  delta: { role: "assistant", content: "" },
  closing: { role: "assistant", content: "" },
  message: {},
  refuses: false,
  reasoningField: "reasoning",
  toolCallPrefix: "call_",
  wholeToolCalls: true,
  strict: false,
  logprob: {},
  listsLogprobs: true,
  nullUsage: false,
  continues: (_, lastRole) => lastRole === "assistant",
  finish: (sample) => ({ finish_reason: finishReason(sample) }),
  usage: countTokens,
  last: () => ({}),
  models: (names, created) => ({
    object: "list",
    data: names.map((id) => ({ id, object: "model", created, owned_by: "library" })),
  }),
  pages: () => ({}),
  problem: ({ status, message }) => ({
    error: { message, type: kinds[status] ?? "api_error", param: null, code: null },
  }),
};
