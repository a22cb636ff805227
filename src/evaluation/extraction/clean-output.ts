import { grammars } from "#transcript";

const thoughts = [
  ...new Set(grammars.map(({ tags }) => tags.think.open.slice(1, -1))),
  ...["thinking", "thought", "reasoning", "analysis"],
];
const thoughtTag = new RegExp(`<(/?)(?:${thoughts.join("|")})>`, "gi");

/**
 * An output in its compatibility form (Unicode NFKC: full-width letters become plain ones), without invisible characters, and in two
 * parts: what stands outside of reasoning tags, and what stands in them. A closing tag without its opening one ends a thought that
 * began with the output; an opening one without its closing one begins a thought up to the end. Takes linear time.
 */
export function cleanOutput(output: string): { said: string; thought: string } {
  const text = output
    .normalize("NFKC")
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, "");
  const said: string[] = [];
  const thought: string[] = [];
  let depth = 0;
  let last = 0;
  for (const match of text.matchAll(thoughtTag)) {
    const part = text.slice(last, match.index);
    last = match.index + match[0].length;
    if (match[1] === "") {
      (depth > 0 ? thought : said).push(part);
      depth++;
    } else if (depth > 0) {
      thought.push(part);
      depth--;
    } else {
      thought.push(...said.splice(0), part);
    }
  }
  (depth > 0 ? thought : said).push(text.slice(last));
  return { said: said.join("\n"), thought: thought.join("\n") };
}
