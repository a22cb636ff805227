import type { Option, PassageEvidence } from "#contracts";
import { softmax } from "#statistics";
import { sentences, terms } from "#text";
import { asksForException } from "./exception-question.ts";
import { readJudgment, standsForRest } from "./judgment.ts";
import { subjectTerms } from "./subject.ts";
import { weighTerms } from "./term-weights.ts";

/** How sharply evidence turns into probability: fitted to half of MIRAGE's exam questions over three libraries (docs/quality-answers.md). */
const sharpness = 3;

/**
 * How much passages speak for each option; sums to 1. Softmax of 3 e², of −3 e² where the question asks for what is not so. e, 0–1, is of the
 * best sentence, read with its passage's title and headings: its coverage of the question's subject times its coverage of the option's own
 * terms. An option without a subject of its own has none.
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
  const found = passages.map(({ query, passage: { title, headings, text } }) => {
    const context = new Set(terms([title, ...headings].join(" ")));
    return {
      query: new Set(terms(query)),
      all: new Set(terms(text)).union(context),
      sentences: sentences(text).map((sentence) => new Set(terms(sentence.text)).union(context)),
    };
  });
  const weights = weighTerms(
    found.map(({ all }) => all),
    found.map(({ query }) => query),
  );
  const said = found.flatMap((passage) => passage.sentences);
  const about = said.map((present) => (wanted.size === 0 ? 1 : weights.coverage(wanted, present)));
  const evidence = options.map(({ text }) => {
    if (readJudgment(text) || standsForRest(text)) return 0;
    const own = new Set(terms(text)).difference(wanted);
    const scores = said.map((present, index) => weights.coverage(own, present) * (about[index] ?? 0));
    return Math.max(0, ...scores);
  });
  const direction = asksForException(question) ? -1 : 1;
  return softmax(evidence.map((one) => direction * sharpness * one ** 2));
}
