/**
 * Transport to models: a chat model behind an OpenAI-compatible address, its reply as a stream of deltas; text embedders and
 * rerankers, in process or behind a server, whose vectors and scores have been checked; encoders of images, and of texts in the same
 * space.
 * Not here: prompts, policies, the parsing of what a model says. May import: contracts, platform.
 */
export type { ChatModel } from "./chat/chat.ts";
export { createChatModel } from "./chat/chat-model.ts";
export { createImageEncoder } from "./create-image-encoder.ts";
export { createReranker } from "./create-reranker.ts";
export { createTextEmbedder } from "./create-text-embedder.ts";
export type { ImageEncoder } from "./image-encoder.ts";
export { embedPromptEnsemble } from "./image-prompts/prompt-ensemble.ts";
export { type PromptKind, promptsFor } from "./image-prompts/prompts.ts";
export type { EmbedderProgress, Reranker, TextEmbedder } from "./text-embedder.ts";
