import type { Option, PassageEvidence } from "#contracts";
import { softmax } from "#statistics";
import { terms } from "#text";
import { readJudgment, standsForRest } from "./judgment.ts";
import { subjectTerms } from "./subject.ts";
import { weighTerms } from "./term-weights.ts";

/** How sharply support by passages turns into probability. */
const temperature = 0.1;

/**
 * How much passages speak for each option; sums to 1. Softmax, at temperature 0.1, of the best passage's coverage of the
 * question's subject times its coverage of the option's own terms; an option without a subject of its own has none.
 */
export function weighByPassages({
  question,
  options,
  passages,
}: {
  question: string;
  options: readonly Option[];
  passages: readonly PassageEvidence[];
}): number[] {
  const wanted = subjectTerms(question);
  const texts = passages.map(
    ({ passage }) => new Set(terms(`${passage.title} ${passage.headings.join(" ")} ${passage.text}`)),
  );
  const weights = weighTerms(texts);
  const support = options.map(({ text }) => {
    if (readJudgment(text) || standsForRest(text)) return 0;
    const own = new Set(terms(text)).difference(wanted);
    const scores = texts.map(
      (present) =>
        weights.coverage(own, present) * (wanted.size === 0 ? 1 : weights.coverage(wanted, present)),
    );
    return Math.max(0, ...scores);
  });
  return softmax(support, temperature);
}
