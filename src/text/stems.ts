import { stemmer } from "stemmer";

const memoLimit = 50_000;
const longestStemmed = 64;
const memo = new Map<string, string>();

/** Lower case, compatibility-decomposed (NFKD), without diacritics: "Sjögren" is "sjogren". */
export function normalizeCase(text: string): string {
  const decomposed = isAscii.test(text) ? text : text.normalize("NFKD").replace(combiningMarks, "");
  return decomposed.toLowerCase();
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole ASCII range is meant.
const isAscii = /^[\x00-\x7f]*$/;
const combiningMarks = /\p{M}+/gu;

/**
 * The Porter stem (Porter 1980) of a normalized word. Before it, the Greek and Latin plurals that the algorithm does not know
 * become one with their singular: metastasis and metastases, pneumothorax and pneumothoraces. Words above 64 characters,
 * which no language has, are their own stem.
 */
export function stem(word: string): string {
  if (word.length > longestStemmed) return word;
  const known = memo.get(word);
  if (known !== undefined) return known;
  const result = stemmer(word.replace(/([aeoy]s)is$/, "$1es").replace(/thoraces$/, "thorax"));
  if (memo.size >= memoLimit) memo.clear();
  memo.set(word, result);
  return result;
}
