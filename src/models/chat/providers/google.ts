import { createGoogle } from "@ai-sdk/google";
import type { ChatProvider } from "./chat-provider.ts";

/**
 * Gemini through `streamGenerateContent`. It is asked for no log-probabilities: `avgLogprobs` is one number for a whole reply, not the
 * tokens' own.
 */
export const google: ChatProvider = {
  name: "google",
  hosts: ["generativelanguage.googleapis.com"],
  path: "/v1beta",
  continuations: [],
  completions: false,
  limits: { images: 3_600 },
  authorize: (apiKey) => ({ "x-goog-api-key": apiKey }),
  open({ model, endpoint, apiKey, fetch }) {
    return createGoogle({ baseURL: endpoint, apiKey, fetch })(model);
  },
  settings: () => ({}),
};
