/**
 * Transport to models: chat models behind any provider's address, their replies as streams of deltas, what they are found to do; text embedders and
 * rerankers, in process or behind a server, whose vectors and scores have been checked; encoders of images, and of texts in the same
 * space.
 * Not here: prompts, policies, the parsing of what a model says. May import: contracts, platform.
 */
export { openCapabilityFile } from "./chat/capabilities/capability-file.ts";
export type { ChatModel, ModelCapabilities } from "./chat/chat.ts";
export { createChatModel } from "./chat/chat-model.ts";
export { chooseProvider, vendorEndpoint } from "./chat/providers/choose-provider.ts";
export { gateOf } from "./chat/request-gate.ts";
export { listServedModels } from "./chat/served-models.ts";
export { createImageEncoder } from "./create-image-encoder.ts";
export { createReranker } from "./create-reranker.ts";
export { createTextEmbedder } from "./create-text-embedder.ts";
export type { ImageEncoder } from "./image-encoder.ts";
export { embedPromptEnsemble } from "./image-prompts/prompt-ensemble.ts";
export { type PromptKind, promptsFor } from "./image-prompts/prompts.ts";
export type { EmbedderProgress, Reranker, TextEmbedder } from "./text-embedder.ts";
export { openVectorFile } from "./vector-cache/vector-file.ts";
