/**
 * Transport to chat models: one model behind an OpenAI-compatible address, its reply as a stream of deltas.
 * Not here: prompts, policies, the parsing of what a model says, retries. May import: contracts, platform.
 */
export type { ChatModel } from "./chat.ts";
export { createChatModel } from "./chat-model.ts";
