const words = /(?<![\p{L}\p{N}])[-−](?=\d)|[<>≤≥]|[\p{L}\p{N}]+(?:[.,]\d+)*/gu;
const article = /(?<![\p{L}\p{N}])(?:an?|the)\s+(?=[\p{L}\p{N}])/gu;
const firstArticle = /^\s*(?:An?|The)\s+(?=[\p{L}\p{N}])/u;
const accents = /[\u0300-\u036f]+/g;

/**
 * A short answer as words that can be compared: lower case, without accents, punctuation and English articles, after SQuAD's
 * `normalize_answer` (Rajpurkar et al. 2016, arXiv 1606.05250). Unlike there, what a number needs stays (0.5, −5, < 40), and so does
 * the A of hepatitis A.
 */
export function answerWords(text: string): string {
  const plain = text.normalize("NFKD").replace(accents, "").replace(firstArticle, "").replace(article, "");
  return (plain.toLowerCase().match(words) ?? []).join(" ").replaceAll("−", "-");
}
