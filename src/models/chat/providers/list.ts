import { anthropic } from "./anthropic.ts";
import type { ChatProvider } from "./chat-provider.ts";
import { google } from "./google.ts";
import { openai } from "./openai.ts";
import { openaiCompatible } from "./openai-compatible.ts";

/** The first speaks to every endpoint whose host is none of the others' own. */
export const chatProviders: readonly ChatProvider[] = [openaiCompatible, openai, google, anthropic];
