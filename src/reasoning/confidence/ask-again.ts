import type { Grammar } from "#transcript";
import type { ChatMessage } from "../ports.ts";
import type { AnswerRequest } from "./sample-answers.ts";

const answerAlone = "Give the answer alone: the label of one option.";

/**
 * The same answer to be given again by a model that wrote `before` ahead of it: in the same turn where its server continues one, so that
 * nothing but the answer is drawn anew; else as the answer to a question of its own.
 */
export function askAgain(request: {
  messages: readonly ChatMessage[];
  before: string;
  continues: boolean;
  grammar?: Grammar;
}): AnswerRequest {
  const { messages, before, continues, grammar } = request;
  const words = grammar ? { grammar, stop: grammar.stop } : {};
  const last = messages.at(-1);
  const isOpen = last?.role === "assistant";
  if (continues && before.trim() !== "") {
    const said = isOpen ? `${last.text}${before}` : before;
    const turn: ChatMessage = { role: "assistant", text: said, toolCalls: [] };
    return { messages: [...(isOpen ? messages.slice(0, -1) : messages), turn], continueLast: true, ...words };
  }
  const opened = grammar ? before.lastIndexOf(grammar.tags.answer.open) : -1;
  const thought = opened < 0 ? before : before.slice(0, opened);
  const said: ChatMessage = { role: "assistant", text: thought, toolCalls: [] };
  const ask: ChatMessage = { role: "user", parts: [{ type: "text", text: answerAlone }] };
  const asked = [...messages, ...(thought.trim() === "" ? [] : [said]), ask];
  return { messages: asked, continueLast: false, ...words };
}
