/**
 * Transport to models: a chat model behind an OpenAI-compatible address, its reply as a stream of deltas; text embedders and
 * rerankers, in process or behind a server, whose vectors and scores have been checked; models that compare images with texts.
 * Not here: prompts, policies, the parsing of what a model says. May import: contracts, platform.
 */
export type { ChatModel } from "./chat.ts";
export { createChatModel } from "./chat-model.ts";
export { createReranker } from "./create-reranker.ts";
export { createTextEmbedder } from "./create-text-embedder.ts";
export { openImageTextEncoder } from "./image-text/image-text-encoder.ts";
export type { EmbedderProgress, Reranker, TextEmbedder } from "./text-embedder.ts";
