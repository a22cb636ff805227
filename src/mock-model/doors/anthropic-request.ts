import { z } from "zod";
import type { ConversationMessage } from "../conversation.ts";

const text = z.looseObject({
  type: z.literal("text"),
  text: z.string().min(1, "text content blocks must be non-empty"),
});
const image = z.looseObject({
  type: z.literal("image"),
  source: z.strictObject({
    type: z.literal("base64"),
    media_type: z.enum(["image/jpeg", "image/png", "image/gif", "image/webp"]),
    data: z.string(),
  }),
});
const toolUse = z.looseObject({
  type: z.literal("tool_use"),
  id: z.string(),
  name: z.string(),
  input: z.looseObject({}),
});
const toolResult = z.looseObject({
  type: z.literal("tool_result"),
  tool_use_id: z.string(),
  content: z.union([z.string(), z.array(z.discriminatedUnion("type", [text, image]))]).optional(),
});
const thinking = z.looseObject({ type: z.enum(["thinking", "redacted_thinking"]) });
const block = z.discriminatedUnion("type", [text, image, toolUse, toolResult, thinking]);
type Block = z.infer<typeof block>;

/** Anthropic's API reference, “Create a Message”, version 2023-06-01. */
export const messageRequest = z.strictObject({
  model: z.string().min(1),
  max_tokens: z.int().min(1),
  messages: z
    .array(
      z.strictObject({
        role: z.enum(["user", "assistant"]),
        content: z.union([z.string().min(1, "messages must have non-empty content"), z.array(block).min(1)]),
      }),
    )
    .min(1),
  system: z.union([z.string(), z.array(text)]).optional(),
  stop_sequences: z
    .array(z.string().regex(/\S/, "each stop sequence must contain non-whitespace"))
    .optional(),
  stream: z.boolean().optional(),
  temperature: z.number().min(0).max(1).optional(),
  top_k: z.int().min(0).optional(),
  top_p: z.number().min(0).max(1).optional(),
  tools: z
    .array(
      z.looseObject({ name: z.string().regex(/^[\w-]{1,128}$/), input_schema: z.looseObject({}).optional() }),
    )
    .optional(),
  tool_choice: z.looseObject({ type: z.enum(["auto", "any", "tool", "none"]) }).optional(),
  thinking: z.unknown().optional(),
  metadata: z.unknown().optional(),
  service_tier: z.unknown().optional(),
  container: z.unknown().optional(),
  context_management: z.unknown().optional(),
  output_config: z.unknown().optional(),
});

export function toMessage(
  role: "system" | "user" | "assistant",
  content: string | readonly Block[],
): ConversationMessage {
  const blocks = typeof content === "string" ? [{ type: "text" as const, text: content }] : content;
  const inner = blocks.flatMap((part): readonly Block[] =>
    part.type === "tool_result" && Array.isArray(part.content) ? part.content : [part],
  );
  const texts = inner.map((part) => {
    if (part.type === "text") return String(part.text);
    return part.type === "tool_result" && typeof part.content === "string" ? part.content : "";
  });
  const isResult = blocks.some(({ type }) => type === "tool_result");
  return {
    role: isResult ? "tool" : role,
    text: texts.join("\n"),
    images: inner.flatMap((part) =>
      part.type === "image" ? [{ mediaType: part.source.media_type, base64: part.source.data }] : [],
    ),
  };
}
