import { terms } from "#text";
import type { EntityFinder } from "./entity-finder.ts";

/** A term of an ontology with all its names. */
type OntologyTerm = { id: string; names: readonly string[] };

/** A name of more words than this is not looked for, which keeps the search linear. */
const longestName = 8;

/**
 * Finds an ontology's terms by any of their names, word by word and by stem, the longest first: "pulmonary embolisms" is pulmonary embolism
 * and not embolism too. A name of several terms gives the first. `name` must change with the terms: it stands in the configuration's hash.
 */
export function createOntologyEntities(name: string, ontology: Iterable<OntologyTerm>): EntityFinder {
  const ids = new Map<string, string>();
  const longestByFirst = new Map<string, number>();
  for (const { id, names } of ontology) {
    for (const one of names) {
      const words = terms(one);
      const [first] = words;
      if (first === undefined || words.length > longestName) continue;
      const key = words.join(" ");
      if (!ids.has(key)) ids.set(key, id);
      longestByFirst.set(first, Math.max(longestByFirst.get(first) ?? 0, words.length));
    }
  }
  return {
    name,
    find(text) {
      const words = terms(text);
      const found = new Set<string>();
      for (let start = 0; start < words.length; start++) {
        for (let length = longestByFirst.get(words[start]!) ?? 0; length > 0; length--) {
          const id = ids.get(words.slice(start, start + length).join(" "));
          if (id === undefined) continue;
          found.add(id);
          start += length - 1;
          break;
        }
      }
      return found;
    },
  };
}
