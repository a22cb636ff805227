import { type Grammar, grammars } from "#transcript";
import { type Shape, shapeOf } from "./shape.ts";

/**
 * Text from outside (passages, pages, cases, tables, messages of servers) as it may stand in a block that a model reads: it can
 * neither end the block nor begin a turn, another block or another document, whichever chat template, tokenizer or grammar reads it.
 * The words stay. What is changed: control and invisible signs go; the `<` of tags and of special tokens becomes `‹`, the `[` of
 * bracketed ones `(`; a role at the start of a line loses its colon; a line that begins like a document gets `> ` before it. Signs
 * that only look like these count as these. Everything else ("EF > 55%", "p<0.05", "<sub>", "[3]" within a line) stays as it is.
 * Takes linear time.
 */
export function neutralize(text: string, grammar: Grammar = grammars[0]): string {
  const visible = removeInvisible(text);
  const shape = shapeOf(visible);
  const edits = [
    ...find(shape, tags, "‹"),
    ...find(shape, brackets, "("),
    ...find(shape, roles, " –"),
    ...find(shape, inlineRoles, " –"),
    ...find(shape, headOf(grammar), "> "),
  ];
  return applyEdits(visible, edits);
}

/** The same on one line: titles, names, labels, cells. */
export function neutralizeLine(text: string, grammar?: Grammar): string {
  return neutralize(removeInvisible(text).replace(/\s+/g, " ").trim(), grammar);
}

const breaks = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
/** Control signs, and what is not shown: zero-width, bidirectional, soft hyphens, variation selectors, the tags of plane 14. */
const invisible = /(?![\n\t])\p{Cc}|(?![\u200c\u200d])\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb]/gu;
/** Joiners are letters of their words in scripts behind Hebrew, and nowhere else. */
const joiners = /(?<![\u0590-\u{10ffff}])[\u200c\u200d]+|[\u200c\u200d]+(?![\u0590-\u{10ffff}])/gu;

function removeInvisible(text: string): string {
  return text.replace(breaks, "\n").replace(invisible, "").replace(joiners, "");
}

/** `<`, also as an entity or escaped. */
const opening = String.raw`(?:<|&lt;?|&#0{0,4}60;?|&#x0{0,4}3c;?|\\u003c|\\x3c|%3c)`;
/** Words of tag names, also within compounds ("tool_call", "search_results", "start_of_turn"). */
const words = [
  // Of grammars, and of calls of tools and their results as models write them.
  ...["think", "thinking", "reasoning", "query", "search", "retrieve", "retrieved", "information", "answer"],
  ...["tool", "tools", "function", "functions", "invoke", "parameter", "call", "calls", "result", "results"],
  ...["response", "responses", "output", "observation", "documents?", "context", "evidence", "passages?"],
  // Of roles, and of the special tokens of tokenizers.
  ...["system", "developer", "user", "human", "assistant", "instructions?", "prompt", "message", "turn"],
  ...["bos", "eos", "pad", "unk", "sys", "image", "img", "video", "audio", "endoftext", "unused\\d{1,3}"],
];
const element = `(?:[a-z]{1,20}[_:-]){0,3}(?:${words.join("|")})(?:[_-][a-z]{1,20}){0,3}(?![a-z\\d])`;
const tags = new RegExp(`${opening}(?=<{0,2}\\s{0,3}(?:\\||/?\\s{0,3}(?:${element}|s\\s{0,2}>)))`, "gi");
const bracketed =
  "INST|SYS|SYSTEM|SYSTEM_PROMPT|TOOL_CALLS|TOOL_RESULTS|TOOL_CONTENT|AVAILABLE_TOOLS|ARGS|CALL_ID|THINK|IMG|IMG_BREAK|IMG_END|gMASK";
const brackets = new RegExp(`\\[(?=\\s{0,2}/?\\s{0,2}(?:${bracketed})\\s{0,2}\\])`, "gi");
const speakers = "human|user|assistant|system|developer|ai|bot|chatbot|gpt|model";
/** At the start of a line, also as a heading. */
const roles = new RegExp(
  [
    `(?<=^[ \\t]{0,8}[#>*_\\-]{0,6}[ \\t]{0,3}(?:${speakers})[*_]{0,3}[ \\t]{0,3}):`,
    `(?<=^[ \\t]{0,8}#{1,6}[ \\t]{0,3}(?:instructions?|input|response)[ \\t]{0,3}):`,
  ].join("|"),
  "gim",
);

/** Anywhere in a line, as Vicuna's template has them. */
const inlineRoles = /(?<=(?<![a-z])(?:user|assistant|human)\s{0,2}):/gi;

const heads = new WeakMap<Grammar, RegExp>();

/** Where a line begins as a document does in a grammar's block: with what stands around its number. */
function headOf(grammar: Grammar): RegExp {
  const known = heads.get(grammar);
  if (known) return known;
  const [before = "", after = ""] = grammar.documents.one.split("{number}");
  const literal = (text: string) =>
    text
      .split("{", 1)[0]!
      .trim()
      .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
      .replace(/\s+/g, "\\s{1,3}");
  const head = new RegExp(
    `(?<=^[ \\t]{0,8})(?=${literal(before)}\\s{0,3}\\d{1,5}\\s{0,3}${literal(after)})`,
    "gim",
  );
  heads.set(grammar, head);
  return head;
}

type Edit = { start: number; end: number; text: string };

/** `replacement` in place of each match; before it, where the match is empty. */
function find({ text, places }: Shape, pattern: RegExp, replacement: string): Edit[] {
  return Array.from(text.matchAll(pattern), ({ 0: found, index }) => {
    return { start: places[index]!, end: places[index + found.length]!, text: replacement };
  });
}

function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = "";
  let position = 0;
  for (const { start, end, text: inserted } of edits.toSorted((a, b) => a.start - b.start)) {
    if (start < position) continue;
    result += text.slice(position, start) + inserted;
    position = end;
  }
  return result + text.slice(position);
}
