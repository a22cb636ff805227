import { createOpenAI } from "@ai-sdk/openai";
import { acceptWholeReply } from "../whole-reply.ts";
import type { ChatProvider } from "./chat-provider.ts";

/**
 * OpenAI's own service through its chat completions: its responses interface knows no stop strings. The SDK leaves out what
 * reasoning models refuse (temperature, log-probabilities) and writes `max_completion_tokens` for them.
 */
export const openai: ChatProvider = {
  name: "openai",
  hosts: ["api.openai.com"],
  path: "/v1",
  continuations: [],
  completions: false,
  limits: { images: 500 },
  authorize: (apiKey) => ({ authorization: `Bearer ${apiKey}` }),
  open({ model, endpoint, apiKey, fetch }) {
    return createOpenAI({ baseURL: endpoint, apiKey, fetch: acceptWholeReply(fetch, endpoint) }).chat(model);
  },
  settings({ logprobs }) {
    return logprobs === undefined ? {} : { openai: { logprobs } };
  },
};
