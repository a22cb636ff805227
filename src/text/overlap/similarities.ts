import { createPostings } from "./postings.ts";
import type { QuestionEntry, QuestionWords } from "./question-words.ts";
import { unknownWord } from "./word-ids.ts";

const shingleSize = 3;

/** A shingle of more questions than these ("of the following") makes no two texts alike. */
const boilerplateAbove = 100;

/** Fainter likeness is not reported. */
const faintest = 0.25;

/** The Jaccard similarity (0 to 1) of a text to each question that it is like, by the number of the question's entry. */
export type SimilarityFinder = (text: Uint32Array) => Map<number, number>;

/**
 * Compares sets of shingles of three words (Broder 1997, "On the resemblance and containment of documents"). The sets are compared
 * exactly: with an inverted index of the questions MinHash would save nothing. `endOf` says how much of an entry takes part.
 */
export function createSimilarityFinder(
  { words, entryAt, entries }: QuestionWords,
  endOf: (entry: QuestionEntry) => number,
): SimilarityFinder {
  const shingles = entries.flatMap((entry) =>
    Array.from({ length: Math.max(0, endOf(entry) - entry.start - shingleSize + 1) }, (_, offset) => ({
      start: entry.start + offset,
      size: shingleSize,
    })),
  );
  const postings = createPostings({ words, sequences: shingles, commonAbove: boilerplateAbove });
  const sizes = new Uint32Array(entries.length);
  for (const { start } of shingles) {
    const places = postings.find(words, start, shingleSize);
    const entry = entryAt[start]!;
    // Counted where it stands first.
    if (places !== "common" && places.find((place) => entryAt[place] === entry) === start) sizes[entry]!++;
  }

  return (text) => {
    const shared = new Map<number, number>();
    const seen = new Set<number>();
    let distinct = 0;
    for (let start = 0; start + shingleSize <= text.length; start++) {
      const places = holdsUnknown(text, start) ? [] : postings.find(text, start, shingleSize);
      if (places === "common") continue;
      const first = places[0];
      if (first !== undefined && seen.has(first)) continue;
      distinct++;
      if (first === undefined) continue;
      seen.add(first);
      let last = -1;
      for (const place of places) {
        const entry = entryAt[place]!;
        if (entry !== last) shared.set(entry, (shared.get(entry) ?? 0) + 1);
        last = entry;
      }
    }
    const similarities = new Map<number, number>();
    for (const [entry, both] of shared) {
      const similarity = both / (distinct + sizes[entry]! - both);
      if (similarity >= faintest) similarities.set(entry, similarity);
    }
    return similarities;
  };
}

function holdsUnknown(text: Uint32Array, start: number): boolean {
  for (let index = start; index < start + shingleSize; index++) {
    if (text[index] === unknownWord) return true;
  }
  return false;
}
