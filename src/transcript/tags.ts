import { type ToolName, toolNameSchema } from "#contracts";
import type { Grammar, TagKind, TagPair } from "./grammars/grammar.ts";
import { escapePattern } from "./option-text.ts";

/** One tag of the grammar, from its first character to behind its last. */
export type Tag = { kind: TagKind; closing: boolean; start: number; end: number; tool: ToolName };

type Scanner = {
  tags: RegExp;
  lookAlikes: RegExp;
  kinds: ReadonlyMap<string, { kind: TagKind; closing: boolean }>;
};

const elementName = /^<(\w+)>$/;
const toolAttribute = /\stool\s*=\s*["']?(\w+)(?:["'\s]|$)/i;
const scanners = new WeakMap<Grammar, Scanner>();

/**
 * Tags in order. Of tags such as `<query>`, upper case, and white space or attributes behind the name, are tolerated; others, such
 * as `<|end_of_query|>`, are read as they are.
 */
export function findTags(text: string, grammar: Grammar): Tag[] {
  const { tags, kinds } = scannerOf(grammar);
  const found: Tag[] = [];
  for (const match of text.matchAll(tags)) {
    const [whole, name, attributes] = match;
    const known = kinds.get(whole) ?? kinds.get((name ?? whole).toLowerCase())!;
    const start = match.index;
    const tool = attributes === undefined ? "search_passages" : readTool(attributes);
    found.push({ kind: known.kind, closing: known.closing, start, end: start + whole.length, tool });
  }
  return found;
}

/**
 * Replaces the `<` of what looks like a tag of the grammar, also of its unfinished beginning, by `‹` (U+2039), so that quoted
 * text opens or closes nothing. Everything else ("K < 3.5", "p<0.05", HTML) stays as it is.
 */
export function escapeTags(text: string, grammar: Grammar): string {
  return text.replace(scannerOf(grammar).lookAlikes, "‹");
}

/** The tag that opens a query for a tool; a grammar whose tags have no attributes cannot name it. */
export function openingTag(pair: TagPair, tool: ToolName = "search_passages"): string {
  const name = elementName.exec(pair.open)?.[1];
  return tool === "search_passages" || name === undefined ? pair.open : `<${name} tool="${tool}">`;
}

function readTool(attributes: string): ToolName {
  const named = toolAttribute.exec(attributes)?.[1]?.toLowerCase();
  return toolNameSchema.options.find((tool) => tool === named) ?? "search_passages";
}

function scannerOf(grammar: Grammar): Scanner {
  const known = scanners.get(grammar);
  if (known) return known;
  const kinds = new Map<string, { kind: TagKind; closing: boolean }>();
  const elements: string[] = [];
  const literals: string[] = [];
  for (const [kind, { open, close }] of Object.entries(grammar.tags) as [TagKind, TagPair][]) {
    const name = elementName.exec(open)?.[1];
    const isElement = name !== undefined && close === `</${name}>`;
    for (const written of [open, isElement ? name : open.toLowerCase()]) {
      kinds.set(written, { kind, closing: false });
    }
    for (const written of [close, isElement ? `/${name}` : close.toLowerCase()]) {
      kinds.set(written, { kind, closing: true });
    }
    if (isElement) elements.push(name);
    else literals.push(...[open, close].map((literal) => escapePattern(literal.slice(1))));
  }
  const names = `/?(?:${elements.join("|")})`;
  const scanner: Scanner = {
    kinds,
    // No second "<" and a bounded length: a scan takes linear time, whatever the text.
    tags: new RegExp(`<(?:${[`(${names})(\\s[^<>]{0,200})?>`, ...literals].join("|")})`, "gi"),
    lookAlikes: new RegExp(`<(?=${[`${names}(?:[\\s/>]|$)`, ...literals].join("|")})`, "gi"),
  };
  scanners.set(grammar, scanner);
  return scanner;
}
