import { parseJson } from "#platform";
import { firstAction, grammars } from "#transcript";
import type { ToolCall } from "../policy.ts";
import type { ChatToolCall } from "../ports.ts";

/** What a model wrote into its text instead of calling a function. */
type Written =
  | { type: "calls"; calls: readonly ChatToolCall[] }
  | { type: "queries"; queries: readonly Pick<ToolCall, "tool" | "query">[] }
  | { type: "answer"; text: string };

/**
 * Calls between `<tool_call>` marks, as servers pass them on that do not read the model's calls; else the first query or answer in
 * the tags of any grammar. Undefined where the text holds none.
 */
export function readWritten(text: string): Written | undefined {
  const calls = text
    .split("<tool_call>")
    .slice(1)
    .flatMap((part) => readCall(parseJson(part.split("</tool_call>", 1)[0]!)));
  if (calls.length > 0) return { type: "calls", calls };
  const actions = grammars.map((grammar) => firstAction(text, grammar));
  let first: Exclude<(typeof actions)[number], { type: "none" }> | undefined;
  for (const action of actions) {
    if (action.type !== "none" && (first === undefined || action.end < first.end)) first = action;
  }
  return first;
}

/** The model's text apart from what it thought aloud; a thought may have been opened by the prompt. */
export function splitThought(text: string): { thought: string; rest: string } {
  const opening = "<think>";
  const closing = "</think>";
  const end = text.lastIndexOf(closing);
  const begun = text.trimStart().startsWith(opening) ? text.indexOf(opening) + opening.length : 0;
  if (end < 0) {
    return begun > 0 ? { thought: text.slice(begun).trim(), rest: "" } : { thought: "", rest: text };
  }
  return { thought: text.slice(begun, end).trim(), rest: text.slice(end + closing.length) };
}

function readCall(value: unknown): ChatToolCall[] {
  if (typeof value !== "object" || value === null || !("name" in value)) return [];
  const { name, arguments: input = {} } = value as { name: unknown; arguments?: unknown };
  if (typeof name !== "string") return [];
  return [{ id: "", name, input: typeof input === "string" ? input : JSON.stringify(input) }];
}
