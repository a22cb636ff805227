import type { Dialect } from "../dialects/dialect.ts";
import { anthropic } from "./anthropic.ts";
import type { Door } from "./door.ts";
import { google } from "./google.ts";
import { ollamaChat } from "./ollama.ts";
import { openAiChat } from "./openai-chat.ts";
import { openAiCompletions } from "./openai-completions.ts";

/** Every way in; those of OpenAI's kind speak the dialect. */
export const doors: readonly ((dialect: Dialect) => Door)[] = [
  openAiChat,
  openAiCompletions,
  () => google,
  () => anthropic,
  () => ollamaChat,
];
