import { MedRoundsError } from "#contracts";
import type { SourceDocument } from "../document.ts";
import { rowDocument, withoutText } from "./row.ts";

/** A line `name: value` of a stanza. */
export type Tag = { name: string; value: string };

/**
 * A term as a document: id and title are its `id` and `name`; its text is name, definition and synonyms. Metadata: `synonyms`, `xrefs`, `is_a`,
 * `subsets`, and `def`, `namespace`, `comment` where it has them. Throws `row-invalid` without an id, `row-without-text` where it
 * has none of the three. OBO flat file format 1.4, section 3.
 */
export function oboTerm(tags: readonly Tag[], line: number): SourceDocument {
  const values = (name: string) => tags.filter((tag) => tag.name === name).map(({ value }) => value);
  const single = (name: string) => plain(values(name)[0] ?? "") || undefined;
  const id = reference(values("id")[0] ?? "");
  if (id === "") {
    throw new MedRoundsError("row-invalid", `The term at line ${line} has no id.`, { line, field: "id" });
  }
  const name = single("name");
  const def = quoted(values("def")[0] ?? "");
  const synonyms = values("synonym")
    .map(quoted)
    .filter((synonym) => synonym !== "");
  const sentences = [name, def]
    .filter((part) => part !== undefined && part !== "")
    .map((part) => (/[.!?]$/.test(part ?? "") ? part : `${part}.`));
  if (synonyms.length > 0) sentences.push(`Synonyms: ${synonyms.join("; ")}`);
  if (sentences.length === 0) throw withoutText({ id });
  const described = { def: def || undefined, namespace: single("namespace"), comment: single("comment") };
  return rowDocument({
    row: { id },
    text: sentences.join(" "),
    title: name,
    consumed: [],
    metadata: {
      ...Object.fromEntries(Object.entries(described).filter(([, value]) => value !== undefined)),
      synonyms,
      xrefs: values("xref").map(reference),
      is_a: values("is_a").map(reference),
      subsets: values("subset").map(reference),
    },
  });
}

/** The text between the quotes with which a value begins; empty where there is none. */
function quoted(value: string): string {
  const content = /^"([^"\\]*(?:\\.[^"\\]*)*)"/.exec(value)?.[1];
  return content === undefined ? "" : unescaped(content).trim();
}

/** A value without a comment (`! …`) and trailing modifiers (`{…}`) after it. */
function plain(value: string): string {
  return unescaped(value.replace(/(?<!\\)!.*$/, "").replace(/(?<!\\)\{[^{}]*\}\s*$/, "")).trim();
}

/** The identifier with which a value begins. */
function reference(value: string): string {
  return unescaped(/^[^\s\\]*(?:\\.[^\s\\]*)*/.exec(value)?.[0] ?? "");
}

const escapes: Record<string, string> = { n: "\n", t: "\t", W: " " };

function unescaped(value: string): string {
  return value.replace(/\\(.)/g, (_, character: string) => escapes[character] ?? character);
}
