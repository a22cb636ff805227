import { type DocumentFormat, type FormatItem, itemOf } from "./format.ts";
import { oboTerm, type Tag } from "./obo-term.ts";
import { textLines } from "./text-lines.ts";

/** Characters of a stanza beyond which its further lines are left out. */
const stanzaLimit = 16 * 1024 * 1024;

/**
 * An ontology in OBO 1.2 or 1.4: a document for each `[Term]` stanza that is not obsolete. Its text says name, definition and synonyms;
 * the synonyms are also in `metadata.synonyms`. Relations (`[Typedef]`) and instances are passed over. Stanzas are read one at a time.
 */
export const obo: DocumentFormat = {
  name: "obo",
  extensions: [".obo", ".txt"],
  recognizes: (head) => /^format-version:/m.test(head.slice(0, 4_096)) || /^\[Term\]\s*$/m.test(head),
  async *read(file) {
    let term: { line: number; tags: Tag[]; length: number } | null = null;
    let bytes = 0;
    const close = (): FormatItem[] => {
      if (!term) return [];
      const { line, tags } = term;
      term = null;
      if (tags.some(({ name, value }) => name === "is_obsolete" && value.startsWith("true"))) return [];
      return [{ line, bytes, ...itemOf(() => oboTerm(tags, line)) }];
    };
    for await (const entry of textLines(file.pieces)) {
      if ("failure" in entry) {
        yield { line: entry.line, bytes: entry.bytes, type: "refused", failure: entry.failure };
        continue;
      }
      if (entry.text.startsWith("[")) {
        yield* close();
        if (entry.text.trim() === "[Term]") term = { line: entry.line, tags: [], length: 0 };
      } else if (term) addTag(term, entry.text);
      bytes = entry.bytes;
    }
    yield* close();
  },
};

function addTag(term: { tags: Tag[]; length: number }, line: string): void {
  const colon = line.indexOf(":");
  if (colon < 1 || line.startsWith("!")) return;
  term.length += line.length;
  if (term.length > stanzaLimit) return;
  term.tags.push({ name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() });
}
