import { lines } from "./lines.ts";

/** `end` is the offset where the document proper begins: after front matter and byte order mark. */
type FrontMatter = { fields: Record<string, string>; end: number };

/** Blank, indented, a comment, an entry of a list, or a key. */
const yamlLine = /^(?:$|\s|#|-(?:\s|$)|[\w][\w .-]*:(?:\s|$))/;

/**
 * The YAML front matter of a Markdown text: a first line `---`, up to a line `---` or `...`. Read are lines `key: value` that begin
 * at the margin; values stay text, without the quotes around them. Lists, nested keys and keys without a value are skipped.
 * A text between two rules is no front matter: each line must look like YAML.
 */
export function readFrontMatter(text: string): FrontMatter {
  const entries: [string, string][] = [];
  const from = text.startsWith("\uFEFF") ? 1 : 0;
  for (const line of lines(text, from)) {
    const content = line.text.trimEnd();
    if (line.start === from) {
      if (content !== "---") break;
    } else if (content === "---" || content === "...") {
      return { fields: Object.fromEntries(entries), end: line.next };
    } else if (!yamlLine.test(content)) {
      break;
    } else {
      const [, key, value] = /^([A-Za-z_][\w-]*):\s+(\S.*)$/.exec(content) ?? [];
      if (key && value) entries.push([key, unquote(value)]);
    }
  }
  return { fields: {}, end: from };
}

function unquote(value: string): string {
  return /^(["']).*\1$/.test(value) && value.length > 1 ? value.slice(1, -1) : value;
}
