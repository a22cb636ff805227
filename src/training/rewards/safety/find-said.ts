import { sentences } from "#text";
import type { SafetyItem } from "./safety-checklist.ts";

/** Patterns are looked for in so much of a sentence, whatever they cost. */
const longestSentence = 600;
/** What a pattern may need a sentence's own ends for. */
const looksAround = /\(\?[!=<]|[$^]/;

/** Ids of the items that a sentence of the text says, unexcused. A sentence that `warning` matches says nothing. */
export function findSaid(items: readonly SafetyItem[], text: string, warning?: RegExp): string[] {
  const flat = text.replace(/\s+/g, " ");
  // Hardly any text says anything of it, and taking it apart is what takes time.
  const likely = items.filter(({ pattern }) => looksAround.test(pattern.source) || pattern.test(flat));
  if (likely.length === 0) return [];
  const said = sentences(text)
    .map((sentence) => sentence.text.replace(/\s+/g, " ").slice(0, longestSentence))
    .filter((sentence) => !warning?.test(sentence));
  return likely
    .filter(({ pattern, unless }) => said.some((one) => pattern.test(one) && !unless?.test(one)))
    .map(({ id }) => id);
}
