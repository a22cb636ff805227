import { grammars } from "#transcript";

/** Where an output says its answer in the form that it was asked for. `line` is where it must stand; `rest` is all that may be read instead. */
export type MarkedAnswer = { form: "tag" | "line" | "field"; line: string; rest: string };

const tags = grammars.map(({ tags: { answer } }) => answer);
const answerTag = new RegExp(`(?:${[...new Set(tags.map(({ open }) => open))].join("|")})`, "gi");
const closingTag = new RegExp(`(?:${[...new Set(tags.map(({ close }) => close))].join("|")})`, "i");
const answerLine = /^[ \t>*_#-]*(?:the )?(?:final |correct |best )?answer[*_ \t]*[:=][*_ \t]*/gim;
const answerField = /(?<quote>["'])(?:final_)?answer(?:_choice)?\k<quote>\s{0,20}:\s{0,20}\k<quote>/gi;

/**
 * The last answer tag of any grammar, line `ANSWER: …`, or field `"answer": "…"` (`answer_choice`, `final_answer`; also in single quotes) of a text; null where
 * there is none. A tag that is not closed holds the rest of the text; a line without anything behind it does not count. Takes linear
 * time.
 */
export function findMarkedAnswer(text: string): MarkedAnswer | null {
  const tag = lastMatch(text, answerTag);
  const line = lastMatch(text, answerLine, (end) => /\S/.test(text.slice(end, end + 200)));
  const field = lastMatch(text, answerField);
  const ends = [tag, line, field].map((end) => end ?? -1);
  const last = Math.max(...ends);
  if (last < 0) return null;
  const rest = text.slice(last);
  if (last === tag) {
    const content = rest.split(closingTag, 1)[0] ?? "";
    return { form: "tag", line: content, rest: content };
  }
  if (last === field) {
    const content = untilQuote(rest, text[last - 1]!);
    return { form: "field", line: content, rest: content };
  }
  const behind = rest.trimStart();
  return { form: "line", line: behind.split("\n", 1)[0] ?? "", rest: `Answer: ${behind}` };
}

function untilQuote(text: string, quote: string): string {
  let end = text.indexOf(quote);
  while (end > 0 && text[end - 1] === "\\") end = text.indexOf(quote, end + 1);
  return end < 0 ? text : text.slice(0, end);
}

/** Where the last match that counts ends. */
function lastMatch(
  text: string,
  pattern: RegExp,
  counts: (end: number) => boolean = () => true,
): number | null {
  let last: number | null = null;
  for (const match of text.matchAll(pattern)) {
    const end = match.index + match[0].length;
    if (counts(end)) last = end;
  }
  return last;
}
