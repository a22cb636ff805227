import { normalizeCase } from "../stems.ts";

const wordPattern = /[\p{L}\p{N}]+/gu;

/** Words in order, normalized: lower case, without diacritics and punctuation; function words stay, nothing is stemmed. */
export function normalizedWords(text: string): string[] {
  return normalizeCase(text).match(wordPattern) ?? [];
}

/** The id of a word that no question holds. */
export const unknownWord = 0;

/** Words as numbers from 1, so that comparing and hashing cost little. */
export type Vocabulary = {
  /** Gives a word that is new an id. */
  add(word: string): number;
  /** The word's id, or `unknownWord`. */
  find(word: string): number;
};

export function createVocabulary(): Vocabulary {
  const ids = new Map<string, number>();
  return {
    add(word) {
      const known = ids.get(word);
      if (known !== undefined) return known;
      ids.set(word, ids.size + 1);
      return ids.size;
    },
    find: (word) => ids.get(word) ?? unknownWord,
  };
}
