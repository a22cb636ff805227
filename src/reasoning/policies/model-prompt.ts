import type { Question } from "#contracts";
import type { ChatMessage, ChatPart, RoundImage } from "../ports.ts";

/**
 * The question as the user's turn: images first, then the text, then one option a line as `A. …` (Med-RwR, section 2). What was
 * asked and answered before goes ahead of it as turns of their own.
 */
export function renderQuestion(question: Question, images: readonly RoundImage[]): ChatMessage[] {
  const text = [
    question.text || "What does the image show?",
    ...question.options.map(({ label, text }) => `${label}. ${text}`),
  ].join("\n");
  const parts: ChatPart[] = images.map(({ bytes, mediaType }) => ({ type: "image", bytes, mediaType }));
  const earlier = (question.earlier ?? []).flatMap((turn): ChatMessage[] => [
    { role: "user", parts: [{ type: "text", text: turn.question || "What does the image show?" }] },
    { role: "assistant", text: turn.answer || "(no answer)", toolCalls: [] },
  ]);
  return [...earlier, { role: "user", parts: [...parts, { type: "text", text }] }];
}
