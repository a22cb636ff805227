import type { ToolName } from "#contracts";
import type { LibraryPort } from "./ports.ts";
import { tools } from "./tools/list.ts";

/** The tools that a round may use: those that its library has, as the port tells by the servers they ask. */
export function offeredTools({ servers }: LibraryPort): ToolName[] {
  return Object.values(tools)
    .map(({ name }) => name)
    .filter((name) => servers[name] !== undefined);
}
