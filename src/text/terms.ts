import { normalizeCase, stem } from "./stems.ts";
import { stopWords } from "./stop-words.ts";

const wordPattern = /[\p{L}\p{N}]+/gu;

/**
 * Search terms of a text in order, repeats kept: normalized, split at everything that is neither letter nor digit
 * ("COVID-19" gives "covid" and "19"), without stop words, Porter-stemmed. Questions and passages are read by this alone,
 * so that their terms meet.
 */
export function terms(text: string): string[] {
  const result: string[] = [];
  for (const word of normalizeCase(text).match(wordPattern) ?? []) {
    if (!stopWords.has(word)) result.push(stem(word));
  }
  return result;
}
