import { z } from "zod";
import { parseJson } from "#platform";
import { plainConversation } from "../conversation.ts";
import type { Generation, Sample } from "../generation.ts";
import { type Door, readBody } from "./door.ts";
import { chatLogprobs } from "./openai-logprobs.ts";

/** Ollama's API reference, “Generate a chat message”; it streams unless told. */
const bodySchema = z.looseObject({
  model: z.string().min(1),
  messages: z.array(
    z.looseObject({
      role: z.enum(["system", "user", "assistant", "tool"]),
      content: z.string().default(""),
      images: z.array(z.string()).nullish(),
      tool_calls: z.array(z.looseObject({})).nullish(),
      tool_name: z.string().optional(),
    }),
  ),
  tools: z
    .array(z.looseObject({ type: z.literal("function"), function: z.looseObject({ name: z.string() }) }))
    .nullish(),
  format: z.union([z.literal(""), z.literal("json"), z.record(z.string(), z.unknown())]).nullish(),
  options: z
    .looseObject({
      seed: z.int().optional(),
      num_predict: z.int().optional(),
      stop: z.union([z.string(), z.array(z.string())]).optional(),
      temperature: z.number().optional(),
      top_p: z.number().optional(),
    })
    .nullish(),
  stream: z.boolean().nullish(),
  think: z.union([z.boolean(), z.string()]).nullish(),
  keep_alive: z.union([z.string(), z.number()]).nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
});

/** `/api/chat`: a JSON object a line. A last message of the assistant is continued. */
export const ollamaChat: Door = {
  name: "ollama",
  path: /^\/api\/chat$/,
  read({ body }) {
    const { model, messages, tools, format, options, stream, logprobs, top_logprobs } = readBody(
      bodySchema,
      body,
    );
    const most = options?.num_predict ?? -1;
    return {
      ...plainConversation,
      model,
      messages: messages.map(({ role, content, images }) => ({
        role,
        text: content,
        images: (images ?? []).map((base64) => ({ mediaType: "image/*", base64 })),
      })),
      tools: (tools ?? []).map((tool) => tool.function.name),
      stop: [options?.stop ?? []].flat(),
      mostTokens: most > 0 ? most : null,
      seed: options?.seed ?? null,
      alternatives: logprobs ? (top_logprobs ?? 0) : null,
      continues: messages.at(-1)?.role === "assistant",
      schema: typeof format === "object" ? format : null,
      stream: stream ?? true,
    };
  },
  streamType: "application/x-ndjson",
  *frames(generation) {
    const line = (message: object, fields: object = { done: false }) =>
      `${JSON.stringify({ ...identityOf(generation), message: { role: "assistant", content: "", ...message }, ...fields })}\n`;
    const [sample] = generation.samples;
    for (const thinking of sample?.reasoning ?? []) yield line({ thinking });
    for (const token of sample?.tokens ?? []) {
      const logprobs = generation.measured ? { logprobs: chatLogprobs([token]) } : {};
      yield line({ content: token.token }, { ...logprobs, done: false });
    }
    if (sample?.refusal) yield line({ content: sample.refusal });
    if (sample && sample.toolCalls.length > 0) yield line({ tool_calls: sample.toolCalls.map(toToolCall) });
    yield line({}, finishOf(generation));
  },
  whole(generation) {
    const [sample] = generation.samples;
    const text = sample?.refusal ?? (sample?.tokens ?? []).map(({ token }) => token).join("");
    const thinking = sample?.reasoning.join("") ?? "";
    const calls = sample?.toolCalls ?? [];
    const message = {
      role: "assistant",
      content: text,
      ...(thinking === "" ? {} : { thinking }),
      ...(calls.length > 0 ? { tool_calls: calls.map(toToolCall) } : {}),
    };
    const logprobs = generation.measured && sample ? { logprobs: chatLogprobs(sample.tokens) } : {};
    return { ...identityOf(generation), message, ...logprobs, ...finishOf(generation) };
  },
  errorFrame: ({ message }) => `${JSON.stringify({ error: message })}\n`,
  problem: ({ status, message }) => ({ status, body: { error: message } }),
};

function identityOf({ model, created }: Generation): object {
  return { model, created_at: new Date(created * 1000).toISOString() };
}

function toToolCall({ id, name, input }: Sample["toolCalls"][number], index: number): object {
  // Ollama sends arguments as an object; what is none can't be sent at all.
  const parsed = parseJson(input) ?? {};
  return {
    id: /^[\da-f]{24}$/.test(id) ? `call_${id.slice(0, 8)}` : id,
    function: { index, name, arguments: parsed },
  };
}

function finishOf({ usage, samples }: Generation): object {
  return {
    done: true,
    done_reason: samples[0]?.finish === "length" ? "length" : "stop",
    total_duration: 1_000_000,
    load_duration: 1,
    ...(usage ? { prompt_eval_count: usage.inputTokens } : {}),
    prompt_eval_duration: 1_000,
    ...(usage ? { eval_count: usage.outputTokens } : {}),
    eval_duration: 1_000,
  };
}
