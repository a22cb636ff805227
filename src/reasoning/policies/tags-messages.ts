import type { Rendering } from "#contracts";
import { type Grammar, renderForModel } from "#transcript";
import type { RoundState } from "../policy.ts";
import type { ChatMessage } from "../ports.ts";
import { placeDerived } from "./derived-images.ts";
import { renderQuestion } from "./model-prompt.ts";
import { tagsPrompts } from "./prompts/list.ts";
import { renderSystem } from "./prompts/tags-prompt.ts";

/**
 * The whole conversation of a round through tags: prompt, question, and the transcript so far. It is a function of the round
 * and its prompt alone, so training, which renders finished rounds by it, sees what the model saw.
 */
export function renderTagsMessages(
  state: Pick<RoundState, "question" | "images" | "turns" | "transcript" | "limits" | "tools" | "toolNotes">,
  { grammar, rendering, prompt: system }: { grammar: Grammar; rendering: Rendering; prompt?: string },
): ChatMessage[] {
  const preset = tagsPrompts.find((one) => one.grammar === grammar.name) ?? tagsPrompts[0];
  const prompt = system === undefined ? preset : { ...preset, system };
  const turns = renderForModel(state.transcript, rendering).map(({ author, text }): ChatMessage => {
    return author === "model"
      ? { role: "assistant", text, toolCalls: [] }
      : { role: "user", parts: [{ type: "text", text }] };
  });
  return [
    { role: "system", text: renderSystem(prompt, state, grammar) },
    ...renderQuestion(state.question, state.images),
    ...placeDerived(turns, state),
  ];
}
