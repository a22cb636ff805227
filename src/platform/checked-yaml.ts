import { LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { sayIssue } from "./say-issue.ts";

/** What is wrong in a file, and where: a line from 1, and a key as `outer.inner` or `list.0`, empty where it is the file as a whole. */
export type YamlFlaw = { line: number; key: string; what: string };

/** What a file says, with the line of each key. */
export type CheckedYaml<Value> =
  | { success: true; value: Value; lines: Readonly<Record<string, number>> }
  | { success: false; flaw: YamlFlaw };

/**
 * Reads YAML, no code, and checks it against a schema. Never throws: the first flaw comes back with its line and key. `sayUnknown` says
 * what is wrong with a key that the schema does not have.
 */
export function checkYaml<Value>(
  text: string,
  schema: z.ZodType<Value>,
  { sayUnknown = () => "there is no such key" }: { sayUnknown?: (key: string) => string } = {},
): CheckedYaml<Value> {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, logLevel: "error" });
  const [broken] = document.errors;
  if (broken) {
    const { line } = counter.linePos(broken.pos[0]);
    return flawed({ line, key: "", what: "it is not well-formed YAML" });
  }
  const lines = linesOf(document.contents, counter);
  let content: unknown;
  try {
    content = document.toJS() ?? {};
  } catch {
    // The parser gives up where aliases multiply what they stand for.
    return flawed({ line: 1, key: "", what: "its aliases can't be resolved" });
  }
  const { success, data, error } = schema.safeParse(content);
  if (success) return { success, value: data, lines };
  // A misspelled key is both unknown and missing under its right name.
  const issue = error.issues.find(({ code }) => code === "unrecognized_keys") ?? error.issues[0]!;
  const unknown = issue.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  const key = [...issue.path, ...unknown].join(".");
  const what = unknown.length > 0 ? sayUnknown(key) : sayIssue(issue, content);
  return flawed({ line: lineOfKey(lines, key), key, what });
}

function flawed(flaw: YamlFlaw): { success: false; flaw: YamlFlaw } {
  return { success: false, flaw };
}

/** A flaw as the second half of a sentence's subject: the file, the line and the key. */
export function sayFlaw(file: string, { line, key, what }: YamlFlaw): string {
  const subject = key === "" ? "" : `${key}: `;
  return `${file}, line ${line}: ${subject}${what.replace(/\.$/, "")}.`;
}

type Place = { value?: unknown; range?: readonly number[] | null };
/** An entry of a map, or an item of a list. */
type Item = Place & { key?: Place };

/** The line of each key, from 1; of what is in a map or a list as `outer.inner` and `outer.0`. */
function linesOf(node: unknown, counter: LineCounter, prefix = ""): Record<string, number> {
  const lines: Record<string, number> = {};
  const { items = [] } = (node ?? {}) as { items?: Item[] };
  for (const [index, item] of items.entries()) {
    const { key: place = item } = item;
    const name = `${prefix}${item.key ? String(item.key.value ?? "") : index}`;
    lines[name] = counter.linePos(place.range?.[0] ?? 0).line;
    Object.assign(lines, linesOf(item.key ? item.value : item, counter, `${name}.`));
  }
  return lines;
}

/** The line of a key, or of what it would stand in. */
export function lineOfKey(lines: Readonly<Record<string, number>>, key: string): number {
  const above = key.lastIndexOf(".");
  if (Object.hasOwn(lines, key)) return lines[key] ?? 1;
  return above > 0 ? lineOfKey(lines, key.slice(0, above)) : 1;
}
