import type { ChatMessage } from "./chat.ts";

/** How a model's family writes turns: what stands before and after the text of each role. */
type ChatTemplate = {
  begin: string;
  turn(role: "system" | "user" | "assistant"): { before: string; after: string };
};

/** The families whose turns can be written out for a raw completion, by the names of their templates. */
const chatTemplates = {
  /** Qwen, InternVL, Yi and others: OpenAI's ChatML. */
  chatml: {
    begin: "",
    turn: (role) => ({ before: `<|im_start|>${role}\n`, after: "<|im_end|>\n" }),
  },
  /** Llama 3, by Meta's model card. */
  "llama-3": {
    begin: "<|begin_of_text|>",
    turn: (role) => ({ before: `<|start_header_id|>${role}<|end_header_id|>\n\n`, after: "<|eot_id|>" }),
  },
  /** Gemma 2 and 3 with MedGemma, by Google's prompt guide: it has no turn of a system, which is a user's. */
  gemma: {
    begin: "<bos>",
    turn: (role) => ({
      before: `<start_of_turn>${role === "assistant" ? "model" : "user"}\n`,
      after: "<end_of_turn>\n",
    }),
  },
} as const satisfies Record<string, ChatTemplate>;

export type ChatTemplateName = keyof typeof chatTemplates;

/**
 * A conversation as one text that ends inside its last message, for a completion to go on. Undefined where it can't be written so:
 * where it has images or tool calls, or its last message is not the assistant's.
 */
export function writeOpenTurn(messages: readonly ChatMessage[], name: ChatTemplateName): string | undefined {
  const template: ChatTemplate = chatTemplates[name];
  if (messages.at(-1)?.role !== "assistant") return undefined;
  let text = template.begin;
  for (const [index, message] of messages.entries()) {
    const content = plainText(message);
    if (content === undefined || message.role === "tool") return undefined;
    const { before, after } = template.turn(message.role);
    text += before + content + (index === messages.length - 1 ? "" : after);
  }
  return text;
}

function plainText(message: ChatMessage): string | undefined {
  if (message.role === "assistant" && message.toolCalls.length > 0) return undefined;
  if (message.role !== "user") return message.text;
  const texts = message.parts.map((part) => (part.type === "text" ? part.text : undefined));
  return texts.includes(undefined) ? undefined : texts.join("");
}
