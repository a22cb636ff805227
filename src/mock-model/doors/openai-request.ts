import { z } from "zod";
import type { ConversationMessage, EncodedImage } from "../conversation.ts";
import { refuse } from "./door.ts";

const textPart = z.object({ type: z.literal("text"), text: z.string() });
const imagePart = z.object({
  type: z.literal("image_url"),
  image_url: z.object({ url: z.string(), detail: z.enum(["auto", "low", "high"]).optional() }),
});
const texts = z.union([z.string(), z.array(textPart).min(1)]);
const toolCall = z.object({
  id: z.string(),
  type: z.literal("function"),
  function: z.object({ name: z.string(), arguments: z.string() }),
});

export const messageSchema = z.discriminatedUnion("role", [
  z.object({ role: z.enum(["system", "developer"]), content: texts, name: z.string().optional() }),
  z.object({
    role: z.literal("user"),
    content: z.union([z.string(), z.array(z.union([textPart, imagePart])).min(1)]),
    name: z.string().optional(),
  }),
  z.object({
    role: z.literal("assistant"),
    content: texts.nullish(),
    refusal: z.string().nullish(),
    name: z.string().optional(),
    tool_calls: z.array(toolCall).optional(),
  }),
  z.object({ role: z.literal("tool"), content: texts, tool_call_id: z.string() }),
]);

export const samplingFields = {
  model: z.string().min(1),
  frequency_penalty: z.number().min(-2).max(2).nullish(),
  presence_penalty: z.number().min(-2).max(2).nullish(),
  logit_bias: z.record(z.string(), z.number()).nullish(),
  max_tokens: z.int().min(1).nullish(),
  n: z.int().min(1).max(128).nullish(),
  seed: z.int().nullish(),
  stop: z.union([z.string(), z.array(z.string())]).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z
    .object({ include_usage: z.boolean().optional(), include_obfuscation: z.boolean().optional() })
    .nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  user: z.string().optional(),
};

/** OpenAI's API reference, “Create chat completion”; what no scripted reply depends on is taken as it is. */
const chatFields = {
  ...samplingFields,
  messages: z.array(messageSchema).min(1),
  max_completion_tokens: z.int().min(1).nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
  tools: z
    .array(
      z.object({
        type: z.literal("function"),
        function: z.object({
          name: z
            .string()
            .regex(/^[\w-]{1,64}$/, "Invalid name: letters, digits, underscores and hyphens, at most 64"),
          description: z.string().optional(),
          parameters: z.record(z.string(), z.unknown()).optional(),
          strict: z.boolean().nullish(),
        }),
      }),
    )
    .min(1)
    .optional(),
  tool_choice: z
    .union([z.enum(["none", "auto", "required"]), z.object({ type: z.string() }).loose()])
    .optional(),
  response_format: z
    .discriminatedUnion("type", [
      z.object({ type: z.enum(["text", "json_object"]) }),
      z.object({
        type: z.literal("json_schema"),
        json_schema: z.object({
          name: z.string(),
          description: z.string().optional(),
          schema: z.record(z.string(), z.unknown()).optional(),
          strict: z.boolean().nullish(),
        }),
      }),
    ])
    .optional(),
};

const unread = [
  "audio",
  "function_call",
  "functions",
  "metadata",
  "modalities",
  "parallel_tool_calls",
  "prediction",
];
const newer = [
  "prompt_cache_key",
  "prompt_cache_retention",
  "reasoning_effort",
  "safety_identifier",
  "service_tier",
];
const rest = ["store", "verbosity", "web_search_options"];

/** The schema where unknown fields are refused, and where they pass. */
export const strictChat = z.strictObject({
  ...chatFields,
  ...Object.fromEntries([...unread, ...newer, ...rest].map((key) => [key, z.unknown().optional()])),
});
export const looseChat = z.looseObject({
  ...chatFields,
  continue_final_message: z.boolean().optional(),
  add_generation_prompt: z.boolean().optional(),
  include_stop_str_in_output: z.boolean().optional(),
});

export type ChatBody = z.infer<typeof looseChat>;

export function toMessage(message: z.infer<typeof messageSchema>): ConversationMessage {
  const { role, content } = message;
  const parts = Array.isArray(content) ? content : [{ type: "text" as const, text: content ?? "" }];
  return {
    role: role === "developer" ? "system" : role,
    text: parts.map((part) => (part.type === "text" ? part.text : "")).join(""),
    images: parts.flatMap((part) => (part.type === "image_url" ? [readDataUri(part.image_url.url)] : [])),
  };
}

/** An image that travels in its address (RFC 2397). The mock fetches nothing. */
function readDataUri(url: string): EncodedImage {
  const [, mediaType, base64] = /^data:([\w.+/-]+);base64,([A-Za-z\d+/=]+)$/.exec(url) ?? [];
  if (!mediaType || !base64)
    refuse("An image must be a data URI with base64; the mock fetches no address.", "image_url");
  return { mediaType, base64 };
}
