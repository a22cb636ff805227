import type { ToolName } from "#contracts";

export type TagKind = "think" | "query" | "retrieve" | "answer";

/** One tag of the grammar, from its `<` to behind its `>`. */
export type Tag = { kind: TagKind; closing: boolean; start: number; end: number; tool: ToolName };

const kinds = "think|query|retrieve|answer";
// No second "<" and a bounded length: a scan takes linear time, whatever the text.
const tagPattern = new RegExp(`<(/?)(${kinds})(\\s[^<>]{0,200})?>`, "gi");
const lookAlike = new RegExp(`<(?=/?(?:${kinds})(?:[\\s/>]|$))`, "gi");
const toolAttribute = /\stool\s*=\s*["']?find_similar_cases(?:["'\s]|$)/i;

/** Tags in order. Upper case, and white space or attributes behind the name, are tolerated. */
export function findTags(text: string): Tag[] {
  return Array.from(text.matchAll(tagPattern), (match) => ({
    kind: match[2]!.toLowerCase() as TagKind,
    closing: match[1] === "/",
    start: match.index,
    end: match.index + match[0].length,
    tool: toolAttribute.test(match[3] ?? "") ? "find_similar_cases" : "search_passages",
  }));
}

/**
 * Replaces the `<` of what looks like a tag of the grammar, also of its unfinished beginning, by `‹` (U+2039), so that quoted
 * text opens or closes nothing. Everything else ("K < 3.5", "p<0.05", HTML) stays as it is.
 */
export function escapeTags(text: string): string {
  return text.replace(lookAlike, "‹");
}

export function openingTag(kind: TagKind, tool: ToolName = "search_passages"): string {
  return tool === "search_passages" ? `<${kind}>` : `<${kind} tool="${tool}">`;
}

export function closingTag(kind: TagKind): string {
  return `</${kind}>`;
}
