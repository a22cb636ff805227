import { sentences } from "#text";
import type { ReadTrajectory } from "../read-trajectory.ts";

const longestRead = 64_000;
/** Patterns are looked for in so much of a sentence, whatever they cost. */
const longestSentence = 600;
const shortestOption = 8;

/** The sentences of answer and thoughts. What stands word for word in an option is the question's text and left out. */
export function spokenSentences(
  { thoughts, answer, options }: ReadTrajectory,
  { answerOnly = false }: { answerOnly?: boolean } = {},
): string[] {
  let text = [...(answerOnly ? [] : thoughts), answer ?? ""].join("\n\n").slice(0, longestRead);
  for (const option of options) {
    if (option.text.length >= shortestOption) text = text.replaceAll(option.text, `option ${option.label}`);
  }
  return sentences(text).map((sentence) => sentence.text.slice(0, longestSentence));
}
