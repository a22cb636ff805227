import type { Answer } from "#contracts";
import { measureConfidence } from "../confidence/measure-confidence.ts";
import type { Action, PolicyOutput, RoundState } from "../policy.ts";
import type { ChatMessage, ChatModel } from "../ports.ts";
import { renderCopied } from "./method-messages.ts";
import type { ModelTurn } from "./model-turn.ts";

const again = "Reply with nothing but the answer; with options, with nothing but the letter.";

/**
 * An answer that stands as `stated` in a reply of JSON, as the action with its confidence. Where that takes samples, they are asked for
 * behind the same thought.
 */
export async function* measureReply(request: {
  model: ChatModel;
  state: RoundState;
  messages: readonly ChatMessage[];
  turn: ModelTurn;
  stated: string;
  thought: string;
  answer: Answer;
}): AsyncGenerator<PolicyOutput, Action> {
  const { model, state, messages, turn, stated, thought, answer } = request;
  const written = JSON.stringify(stated).slice(1, -1);
  const start = Math.max(0, turn.text.lastIndexOf(written));
  const measured = yield* measureConfidence(answer, {
    ...{ model, state, turn },
    place: { start, end: start + written.length },
    again: async () => ({ messages: askAgain(messages, thought), continueLast: false }),
  });
  return { type: "answer", said: { type: "thought", text: thought }, ...measured };
}

function askAgain(messages: readonly ChatMessage[], thought: string): ChatMessage[] {
  return messages.map((message, index): ChatMessage => {
    if (message.role !== "user" || index < messages.length - 1) return message;
    const text = `\n\n${thought === "" ? "" : `What was thought:\n${renderCopied(thought)}\n\n`}${again}`;
    return { role: "user", parts: [...message.parts, { type: "text", text }] };
  });
}
