import { MedRoundsError } from "#contracts";
import type { ServerPatience } from "#platform";
import type { Explanation } from "./explanation.ts";
import type { KnowledgeSentences } from "./kinds.ts";

import type { DistillationModel } from "./ports.ts";
import type { DistillationPrompt } from "./prompt.ts";
import { parseReply } from "./reply.ts";

/** What was spent. A server that reports no tokens leaves them at 0. */
export type Usage = { requests: number; inputTokens: number; outputTokens: number };

const mostOutputTokens = 4_096;
const longestReply = 64 * 1024;

/** Adds what was spent to what was spent before. */
export function addUsage(total: Usage, more: Usage): void {
  total.requests += more.requests;
  total.inputTokens += more.inputTokens;
  total.outputTokens += more.outputTokens;
}

/**
 * Asks a model for the knowledge in an explanation. A reply that can't be read is sent back once, with what is wrong with it. `usage`
 * is added to also where this rejects. Throws `reply-invalid` after the second bad reply, and what the model throws.
 */
export async function extractKnowledge(request: {
  explanation: Explanation;
  model: DistillationModel;
  prompt: DistillationPrompt;
  patience: ServerPatience;
  usage: Usage;
  signal?: AbortSignal;
}): Promise<KnowledgeSentences> {
  const { explanation, prompt, patience, signal } = request;
  const { id, text, question, options } = explanation;
  const row = JSON.stringify({
    ...(question === null ? {} : { question }),
    ...(options.length === 0 ? {} : { options }),
    explanation: text,
  });
  const messages: Messages = [
    { role: "system", text: prompt.extract },
    { role: "user", parts: [{ type: "text", text: row }] },
  ];
  const first = await patience(() => readReply(request, messages), signal);
  const reply = parseReply(first);
  if (reply.type === "sentences") return reply.sentences;
  const complaint: Messages = [
    ...messages,
    { role: "assistant", text: first === "" ? "(nothing)" : first, toolCalls: [] },
    { role: "user", parts: [{ type: "text", text: `${prompt.repair} ${reply.problem}.` }] },
  ];
  const second = await patience(() => readReply(request, complaint), signal);
  const repaired = parseReply(second);
  if (repaired.type === "sentences") return repaired.sentences;
  throw new MedRoundsError(
    "reply-invalid",
    `The model's reply for row ${id.slice(0, 80)} can't be used, also after it was asked again: ${repaired.problem}.`,
    { id },
  );
}

type Messages = Parameters<DistillationModel["stream"]>[0]["messages"];

async function readReply(
  request: { model: DistillationModel; usage: Usage; signal?: AbortSignal },
  messages: Messages,
): Promise<string> {
  const { model, usage, signal } = request;
  let text = "";
  usage.requests++;
  const stream = model.stream({
    messages,
    maxOutputTokens: mostOutputTokens,
    ...(signal ? { signal } : {}),
  });
  for await (const delta of stream) {
    if (delta.type === "text") text += delta.text;
    if (delta.type === "finish") {
      usage.inputTokens += delta.inputTokens ?? 0;
      usage.outputTokens += delta.outputTokens ?? 0;
    }
    if (text.length > longestReply) break;
  }
  return text;
}
