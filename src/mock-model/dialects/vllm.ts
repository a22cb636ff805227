import { countTokens, type Dialect, finishReason } from "./dialect.ts";

const kinds: Record<number, string> = {
  400: "BadRequestError",
  401: "AuthenticationError",
  404: "NotFoundError",
  413: "RequestEntityTooLargeError",
  429: "RateLimitError",
  503: "ServiceUnavailableError",
};

/** vLLM (vllm/entrypoints/openai/chat_completion/protocol.py and serving.py): unset fields are left out, set ones stay, null or not. */
export const vllm: Dialect = {
  name: "vllm",
  envelope: {
    whole: {
      service_tier: null,
      system_fingerprint: null,
      prompt_logprobs: null,
      prompt_token_ids: null,
      kv_transfer_params: null,
    },
    chunk: {},
    firstChunk: { prompt_token_ids: null },
    completion: { kv_transfer_params: null },
  },
  choice: {
    whole: { logprobs: null, token_ids: null },
    firstChunk: { logprobs: null },
    chunk: { logprobs: null, token_ids: null },
  },
  opening: { role: "assistant", content: "" },
  delta: {},
  closing: { content: "" },
  message: { refusal: null, annotations: null, audio: null, function_call: null, reasoning: null },
  refuses: false,
  reasoningField: "reasoning",
  toolCallPrefix: "chatcmpl-tool-",
  wholeToolCalls: false,
  strict: false,
  logprob: {},
  listsLogprobs: true,
  nullUsage: false,
  continues: (body) => body.continue_final_message === true,
  finish: (sample) => ({ finish_reason: finishReason(sample), stop_reason: sample.stopString }),
  usage: (usage) => ({ ...countTokens(usage), prompt_tokens_details: null }),
  last: () => ({}),
  models: (names, created) => ({
    object: "list",
    data: names.map((id) => ({
      id,
      object: "model",
      created,
      owned_by: "vllm",
      root: id,
      parent: null,
      max_model_len: 131_072,
      permission: [permission(created)],
    })),
  }),
  pages: () => ({ "/version": { version: "0.0.0+mock" }, "/health": {} }),
  problem: ({ status, message, param }) => ({
    error: { message, type: kinds[status] ?? "InternalServerError", param: param ?? null, code: status },
  }),
};

function permission(created: number): object {
  return {
    id: "modelperm-mock",
    object: "model_permission",
    created,
    allow_create_engine: false,
    allow_sampling: true,
    allow_logprobs: true,
    allow_search_indices: false,
    allow_view: true,
    allow_fine_tuning: false,
    organization: "*",
    group: null,
    is_blocking: false,
  };
}
