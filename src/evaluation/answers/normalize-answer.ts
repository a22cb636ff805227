/** A point between digits stays, and so do signs of comparison and of negative numbers. */
const punctuation = /(?!(?<=\d)\.(?=\d))(?![<>≤≥]\s?\d)(?!(?<![\p{L}\p{N}]\s?)[-−+]\d)[\p{P}\p{S}]/gu;
const articles = /(?<![\p{L}\p{N}_])(?:a|an|the)(?![\p{L}\p{N}_])/gu;

/**
 * A short answer without what does not count, as SQuAD's evaluation compares (Rajpurkar et al. 2016, arXiv 1606.05250, `normalize_answer`):
 * lower case, without punctuation and English articles, single spaces. Unlike there, punctuation is that of all of Unicode, 0.5 is not 05,
 * < 5 is neither 5 nor > 5, −1 is not 1, and what would be nothing (+, "A") stays as it is.
 */
export function normalizeAnswer(text: string): string {
  const plain = text.normalize("NFKC").toLowerCase().replaceAll("−", "-");
  const normalized = plain
    .replace(punctuation, "")
    .replace(articles, " ")
    .replace(/(?<=[<>≤≥])\s+(?=\d)/g, "")
    .replace(/\s+/g, " ")
    .trim();
  return normalized === "" ? plain.trim() : normalized;
}
