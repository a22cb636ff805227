import { countTokens, type Dialect, finishReason } from "./dialect.ts";

const kinds: Record<number, string> = {
  400: "invalid_request_error",
  401: "authentication_error",
  404: "not_found_error",
  503: "unavailable_error",
};

const fingerprint = { system_fingerprint: "b0-mock" };

/** llama.cpp's server (tools/server/server-task.cpp, README.md). A last message of the assistant is always continued. */
export const llamaCpp: Dialect = {
  name: "llama.cpp",
  envelope: { whole: fingerprint, chunk: fingerprint, firstChunk: fingerprint, completion: fingerprint },
  choice: { whole: {}, firstChunk: {}, chunk: {} },
  opening: { role: "assistant", content: null },
  delta: {},
  closing: {},
  message: {},
  refuses: false,
  reasoningField: "reasoning_content",
  toolCallPrefix: "",
  wholeToolCalls: false,
  strict: false,
  logprob: { id: 0 },
  listsLogprobs: false,
  nullUsage: false,
  continues: (_, lastRole) => lastRole === "assistant",
  finish: (sample) => ({ finish_reason: finishReason(sample) }),
  usage: countTokens,
  last: ({ usage }) => ({ timings: timings(usage?.inputTokens ?? 0, usage?.outputTokens ?? 0) }),
  models: (names, created) => ({
    models: names.map(describeModel),
    object: "list",
    data: names.map((id) => ({
      id,
      object: "model",
      created,
      owned_by: "llamacpp",
      meta: { vocab_type: 2, n_vocab: 128_000, n_ctx_train: 131_072, n_embd: 0, n_params: 0, size: 0 },
    })),
  }),
  pages: ([name]) => ({
    "/health": { status: "ok" },
    "/props": {
      default_generation_settings: { n_ctx: 131_072 },
      total_slots: 1,
      model_alias: name,
      model_path: "scripted stand-in, not a model",
      modalities: { vision: true, audio: false },
      chat_template: "",
      build_info: fingerprint.system_fingerprint,
    },
  }),
  problem: ({ status, message }) => ({
    error: { code: status, message, type: kinds[status] ?? "server_error" },
  }),
};

function timings(prompt: number, predicted: number): object {
  return {
    cache_n: 0,
    prompt_n: prompt,
    prompt_ms: 1,
    prompt_per_token_ms: 1 / Math.max(1, prompt),
    prompt_per_second: prompt * 1000,
    predicted_n: predicted,
    predicted_ms: 1,
    predicted_per_token_ms: 1 / Math.max(1, predicted),
    predicted_per_second: predicted * 1000,
  };
}

function describeModel(name: string): object {
  return {
    name,
    model: name,
    modified_at: "",
    size: "",
    digest: "",
    type: "model",
    description: "scripted stand-in, not a model",
    tags: [""],
    capabilities: ["completion", "multimodal"],
    parameters: "",
    details: {
      parent_model: "",
      format: "gguf",
      family: "",
      families: [""],
      parameter_size: "",
      quantization_level: "",
    },
  };
}
