import type { ToolName } from "#contracts";
import { cutSegments } from "./segments.ts";

/** What the model does next. `end` is the offset behind it: what follows was written without waiting for the environment. */
type Action =
  | { type: "query"; query: string; tool: ToolName; closed: boolean; end: number }
  | { type: "answer"; text: string; closed: boolean; end: number }
  | { type: "none" };

/**
 * The first complete query or answer that is not inside another element; where none is complete, the first that is not closed,
 * because generation stops at `</query>` and servers strip the stop string (`closed` says whether the tag is there).
 * An action without content is none. A query loses its double quotes and its white space is collapsed; an answer is trimmed.
 */
export function firstAction(modelText: string): Action {
  const { segments } = cutSegments({ text: modelText, environment: [] });
  const actions = segments.filter(({ kind }) => kind === "query" || kind === "answer");
  const action = actions.find(({ closed }) => closed) ?? actions[0];
  if (action === undefined) return { type: "none" };
  const { closed, end } = action;
  if (action.kind === "query") {
    const query = cleanQuery(action.content);
    if (query === "") return { type: "none" };
    return { type: "query", query, tool: action.tool ?? "search_passages", closed, end };
  }
  const text = action.content.trim();
  return text === "" ? { type: "none" } : { type: "answer", text, closed, end };
}

function cleanQuery(content: string): string {
  return content.replace(/["“”]/g, "").replace(/\s+/g, " ").trim();
}
