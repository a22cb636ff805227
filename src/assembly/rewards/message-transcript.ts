import type { Transcript } from "#contracts";
import { findGrammar } from "#transcript";
import type { ItemMessage } from "./item-schema.ts";

/** Queries in a call's arguments, by the names that search tools have for them. */
const queryNames = ["query", "queries", "query_list"];

/**
 * A conversation as a transcript: what comes before the first turn of the assistant is the prompt; of the rest the assistant's turns are
 * the model's, all others the environment's. A tool's turn stands in a retrieve block, and a structured call of a tool is a query.
 */
export function messageTranscript(messages: readonly ItemMessage[], grammarName: string): Transcript {
  const { tags, gap } = findGrammar(grammarName);
  const first = messages.findIndex(({ role }) => role === "assistant");
  const environment: Transcript["environment"] = [];
  let text = "";
  for (const message of first === -1 ? [] : messages.slice(first)) {
    const content = contentOf(message);
    if (message.role === "assistant") {
      const queries = queriesOf(message).map((query) => `${tags.query.open}${query}${tags.query.close}`);
      const written = [content, ...queries].filter((piece) => piece !== "").join("\n");
      text += text === "" || /\s$/.test(text) ? written : `\n${written}`;
      continue;
    }
    const hasTags = content.includes(tags.retrieve.open);
    const isHint = !hasTags && (message.role === "user" || message.role === "system");
    const block = hasTags || isHint ? content : `${tags.retrieve.open}${content}${tags.retrieve.close}`;
    const start = text.length;
    text += `${gap}${block}${gap}`;
    environment.push({ start, end: text.length, kind: isHint ? "hint" : "retrieve" });
  }
  return { text, environment, grammar: grammarName };
}

function contentOf({ content }: ItemMessage): string {
  if (typeof content === "string") return content;
  return (content ?? []).map(({ text }) => text ?? "").join("");
}

function queriesOf({ tool_calls: calls }: ItemMessage): string[] {
  return (calls ?? []).map(({ function: { arguments: given } }) => {
    const read = typeof given === "string" ? parsed(given) : given;
    if (typeof read !== "object" || read === null) return String(given ?? "");
    const values = Object.entries(read).find(([name]) => queryNames.includes(name))?.[1];
    const queries = (Array.isArray(values) ? values : [values]).filter((one) => typeof one === "string");
    // One call has one reply, and a query one block.
    return queries.length === 0 ? JSON.stringify(read) : queries.join("; ");
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
