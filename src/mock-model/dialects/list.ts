import type { Dialect } from "./dialect.ts";
import { llamaCpp } from "./llama-cpp.ts";
import { ollama } from "./ollama.ts";
import { openai } from "./openai.ts";
import { vllm } from "./vllm.ts";

/** Every dialect of the OpenAI-compatible door. */
export const dialects: readonly Dialect[] = [openai, vllm, ollama, llamaCpp];
