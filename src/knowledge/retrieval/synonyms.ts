import type { Passage } from "#contracts";
import { terms } from "#text";

/** Other names of what a query speaks of, from the terms of ontologies. */
export type Synonyms = {
  /** How many names it knows. */
  size: number;
  /** The query with the other names of each term in it, a line a term; the query alone where it names none. */
  expand(query: string): string;
};

/** Names of more words are not looked for. */
const longestName = 8;
/** A name of more terms than this is too ambiguous to say which is meant. */
const mostMeanings = 2;
/** Other names that one mention may add. */
const mostNames = 3;
/** A word that is part of more names than this, as "disease", is no name of a term when it stands alone. */
const mostUses = 20;

/**
 * Reads the names of ontology terms: a passage's title and the list `synonyms` of its metadata. Other passages say nothing.
 * Names are compared as words of a search are: by stem, without stop words.
 */
export async function readSynonyms(passages: AsyncIterable<Passage> | Iterable<Passage>): Promise<Synonyms> {
  const meanings = new Map<string, Set<readonly string[]>>();
  const uses = new Map<string, number>();
  for await (const { title, metadata } of passages) {
    const listed = Array.isArray(metadata.synonyms) ? metadata.synonyms : [];
    const names = [title, ...listed.filter((name) => typeof name === "string")];
    if (names.length < 2) continue;
    for (const name of names) {
      const words = terms(name);
      for (const word of words) uses.set(word, (uses.get(word) ?? 0) + 1);
      // "Her's disease" leaves one word when its stop words are gone, and a wrong one.
      const lostWords = words.length === 1 && /\s/.test(name.trim());
      const key = words.join(" ");
      if (!lostWords && key.length > 2) meanings.set(key, (meanings.get(key) ?? new Set()).add(names));
    }
  }
  for (const [word, count] of uses) if (count > mostUses) meanings.delete(word);
  return {
    size: meanings.size,
    expand: (query) => [query, ...findNames(terms(query), meanings)].join("\n"),
  };
}

/** The other names of what is mentioned, longest mentions first; a word is part of one mention. */
function findNames(
  words: readonly string[],
  meanings: ReadonlyMap<string, ReadonlySet<readonly string[]>>,
): string[] {
  const found: string[] = [];
  const said = new Set(words);
  for (let start = 0; start < words.length; start++) {
    for (let end = Math.min(words.length, start + longestName); end > start; end--) {
      const meant = meanings.get(words.slice(start, end).join(" "));
      if (!meant) continue;
      if (meant.size <= mostMeanings) {
        const others = [...meant].flat().filter((name) => terms(name).some((term) => !said.has(term)));
        found.push(...others.slice(0, mostNames));
      }
      start = end - 1;
      break;
    }
  }
  return [...new Set(found)];
}
