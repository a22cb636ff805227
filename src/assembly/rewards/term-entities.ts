import { MedRoundsError } from "#contracts";
import { passageFromRecord } from "#knowledge";
import type { Library } from "#library";
import { canonicalJson, sha256 } from "#platform";
import { createOntologyEntities, type EntityFinder } from "#training";

/**
 * Finds the terms of a corpus of the library, as an ontology's: each document by its title and its synonyms, where it has any. Throws
 * `entry-missing` where the library has no such corpus.
 */
export async function openTermEntities(library: Library, corpus: string): Promise<EntityFinder> {
  const terms = new Map<string, readonly string[]>();
  const filter = { type: "equals", column: "corpus", value: corpus } as const;
  for await (const rows of library.passages.scan({ filter, columns: ["record"] })) {
    for (const { row } of rows) {
      const { title, source, metadata } = passageFromRecord(row.record ?? "");
      if (terms.has(source.document)) continue;
      const synonyms = Array.isArray(metadata.synonyms) ? metadata.synonyms : [];
      terms.set(source.document, [title, ...synonyms.filter((one) => typeof one === "string")]);
    }
  }
  if (terms.size === 0) {
    throw new MedRoundsError("entry-missing", `The library has no corpus ${corpus.slice(0, 80)}.`, {
      corpus,
    });
  }
  // A name that several terms have is the first one's: the order must not depend on the store's.
  const sorted = [...terms].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const hash = sha256(canonicalJson(sorted)).slice(0, 16);
  return createOntologyEntities(
    `terms:${corpus}:${hash}`,
    sorted.map(([id, names]) => ({ id, names })),
  );
}
