import type { Option } from "#contracts";
import { createRandom } from "#statistics";

/** What a model read out of an image, a question and its answer. */
export type Analysis = { background: string; observation: string; analysis: string; conclusion: string };

/** What a model wrote of the background, asking for the conclusion. The right answer has no place yet. */
export type WrittenQuestion = {
  question: string;
  answer: string;
  distractors: readonly string[];
  explanation: string;
};

/** A question with its options in the order in which they are shown. */
export type ExamQuestion = { question: string; options: Option[]; label: string; explanation: string };

const letters = "ABCD";

/** Puts the right answer at a place drawn by `seed` and the question's own words, so that no letter is right more often than others. */
export function placeOptions(written: WrittenQuestion, seed: number): ExamQuestion {
  const { question, answer, distractors, explanation } = written;
  const random = createRandom(seed);
  const texts = [answer, ...distractors];
  for (let place = texts.length - 1; place > 0; place--) {
    const other = Math.floor(random() * (place + 1));
    [texts[place], texts[other]] = [texts[other]!, texts[place]!];
  }
  const options = texts.map((text, place) => ({ label: letters.charAt(place), text }));
  return { question, options, label: letters.charAt(texts.indexOf(answer)), explanation };
}
