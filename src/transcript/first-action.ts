import type { ToolName } from "#contracts";
import type { Grammar } from "./grammars/grammar.ts";
import { grammars } from "./grammars/list.ts";
import { cutSegments, type Segment } from "./segments.ts";

/** What the model does next. `end` is the offset behind it: what follows was written without waiting for the environment. */
type Action =
  | {
      type: "queries";
      queries: readonly { query: string; tool: ToolName }[];
      closed: boolean;
      end: number;
    }
  | { type: "answer"; text: string; closed: boolean; end: number }
  | { type: "none" };

/**
 * The first complete query or answer that is not inside another element, a query together with those that follow it at once where
 * the grammar makes each. Where none is complete, the last that is not closed, because generation stops at the closing tag and
 * servers strip the stop string (`closed` says whether the tag is there).
 * An action without content is none. The words of a query for passages lose their double quotes, and their white space is
 * collapsed (Med-RwR, released loop); other queries and answers are trimmed.
 */
export function firstAction(modelText: string, grammar: Grammar = grammars[0]): Action {
  const { segments } = cutSegments({ text: modelText, environment: [] }, grammar);
  const actions = segments.filter(({ kind }) => kind === "query" || kind === "answer");
  const action = actions.find(({ closed }) => closed) ?? actions.at(-1);
  if (action === undefined) return { type: "none" };
  if (action.kind === "answer") {
    const { closed, end } = action;
    const text = action.content.trim();
    return text === "" ? { type: "none" } : { type: "answer", text, closed, end };
  }
  const asked = grammar.queriesAtOnce === "first" ? [action] : queriesAtOnce(actions, action, modelText);
  const queries = asked.map(readQuery).filter(({ query }) => query !== "");
  const { closed, end } = asked.at(-1)!;
  return queries.length === 0 ? { type: "none" } : { type: "queries", queries, closed, end };
}

/** The query, and those complete ones behind it of which only white space keeps it apart. */
function queriesAtOnce(actions: readonly Segment[], first: Segment, text: string): Segment[] {
  const asked = [first];
  for (const next of actions.slice(actions.indexOf(first) + 1)) {
    const between = text.slice(asked.at(-1)!.end, next.start);
    if (!first.closed || next.kind !== "query" || !next.closed || between.trim() !== "") break;
    asked.push(next);
  }
  return asked;
}

function readQuery({ content, tool = "search_passages" }: Segment): { query: string; tool: ToolName } {
  const text = content.trim();
  const isWords = tool === "search_passages" && !text.startsWith("{");
  return { tool, query: isWords ? text.replace(/["“”]/g, "").replace(/\s+/g, " ").trim() : text };
}
