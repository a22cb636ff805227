import type { ToolName } from "#contracts";
import { parseJson } from "#platform";
import type { MalformedCall, ToolCall } from "../policy.ts";
import type { ChatToolCall } from "../ports.ts";
import { tools } from "../tools/list.ts";
import { showInput } from "./show-input.ts";

/** Calls as the tools read them, and those that cannot be made with what was wrong; ids become unique and never empty. */
export function readCalls(
  given: readonly ChatToolCall[],
  { offered, turn }: { offered: readonly ToolName[]; turn: number },
): { calls: ToolCall[]; malformed: MalformedCall[] } {
  const calls: ToolCall[] = [];
  const malformed: MalformedCall[] = [];
  const ids = new Set<string>();
  for (const [index, { id: givenId, name, input }] of given.entries()) {
    const id = givenId === "" || ids.has(givenId) ? `call-${turn}-${index + 1}` : givenId;
    ids.add(id);
    const tool = Object.values(tools).find((one) => one.name === name && offered.includes(one.name));
    if (tool === undefined) {
      const hint = `No tool of that name: ${quote(name)}. The tools are ${offered.join(", ")}.`;
      malformed.push({ id, name, input, hint });
      continue;
    }
    const query = tool.readQuery(parseJson(input.trim() === "" ? "{}" : input));
    if (query !== undefined) calls.push({ id, tool: tool.name, query, input });
    else {
      const takes = `It takes ${showInput(tool.inputSchema)}.`;
      malformed.push({ id, name, input, hint: `The input of ${name} does not fit. ${takes}` });
    }
  }
  return { calls, malformed };
}

/** A call as the conversation holds it: servers refuse a history whose names or inputs are not well formed. */
export function toHistory({ id, name, input }: { id: string; name: string; input: string }): ChatToolCall {
  const value = parseJson(input);
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return {
    id,
    name: /^[\w-]{1,64}$/.test(name) ? name : "unknown",
    input: isObject ? input : "{}",
  };
}

function quote(name: string): string {
  return JSON.stringify(name.length <= 64 ? name : `${name.slice(0, 64)}…`);
}
