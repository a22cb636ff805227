import { createAnthropic } from "@ai-sdk/anthropic";
import type { ChatProvider } from "./chat-provider.ts";

/**
 * Claude through the messages interface, which has no log-probabilities. Models before 4.6 continue a last message of the assistant,
 * without the white space at its end; later ones refuse it with status 400.
 */
export const anthropic: ChatProvider = {
  name: "anthropic",
  hosts: ["api.anthropic.com"],
  path: "/v1",
  continuations: ["prefix"],
  completions: false,
  // Images are measured in base64, of which 5 MB are taken (vision guide, limits).
  limits: { images: 100, imageBytes: (5 * 1024 * 1024 * 3) / 4, imagePixels: 8_000 * 8_000 },
  authorize: (apiKey) => ({ "x-api-key": apiKey, "anthropic-version": "2023-06-01" }),
  open({ model, endpoint, apiKey, fetch }) {
    return createAnthropic({ baseURL: endpoint, apiKey, fetch })(model);
  },
  settings: () => ({}),
};
