import type { Option, PassageEvidence } from "#contracts";
import { sentences, terms } from "#text";
import { type Judgment, readJudgment } from "./judgment.ts";
import { subjectTerms } from "./subject.ts";
import { weighTerms } from "./term-weights.ts";

/** Sentences that vote, and the votes that yes and no have beforehand: words without a reader are weak evidence. */
const voters = 3;
const before = 8;

/** Words by which a sentence says that something is not so, or makes no difference. */
const denying =
  /\b(?:no|not|nor|neither|without|none|cannot|failed|unrelated|unchanged|similar|comparable)\b|n['’]t\b/i;

/**
 * How much the library's text speaks for "yes" and for "no", where options only judge what the question says; other options have 0.
 * Of the document with the passage that covers the most of the question's subject, the last three sentences that share a word with the
 * subject vote: a text comes to its results at its end. With d of n denying, and k the share of the subject that the passage covers,
 *
 *     p(no) = k (d + 8) / (n + 16),   p(yes) = k (n − d + 8) / (n + 16)
 *
 * Sums to k; what is left is that the text does not say. Undefined where no option judges, or no sentence votes.
 */
export function weighJudgments(request: {
  question: string;
  options: readonly Option[];
  passages: readonly PassageEvidence[];
}): number[] | undefined {
  const judgments = request.options.map(({ text }) => readJudgment(text));
  const votes = countVotes(request);
  if (!votes || !judgments.some((judgment) => judgment === "agrees" || judgment === "disagrees"))
    return undefined;
  const { denials, count, covered } = votes;
  const said: Partial<Record<Judgment, number>> = { agrees: count - denials, disagrees: denials };
  return judgments.map((judgment) => {
    const own = judgment && said[judgment];
    if (own === undefined) return 0;
    const alike = judgments.filter((other) => other === judgment).length;
    return (covered * (own + before)) / (count + 2 * before) / alike;
  });
}

function countVotes({
  question,
  passages,
}: Parameters<typeof weighJudgments>[0]): { denials: number; count: number; covered: number } | undefined {
  const wanted = subjectTerms(question);
  const texts = passages.map(
    ({ passage: { title, headings, text } }) => new Set(terms([title, ...headings, text].join(" "))),
  );
  const weights = weighTerms(texts);
  const coverages = texts.map((text) => weights.coverage(wanted, text));
  const covered = Math.max(0, ...coverages);
  const best = passages[coverages.indexOf(covered)];
  if (!best || covered === 0) return undefined;
  const { corpus, source } = best.passage;
  const said = passages
    .filter(({ passage }) => passage.corpus === corpus && passage.source.document === source.document)
    .toSorted((a, b) => a.passage.source.start - b.passage.source.start)
    .flatMap(({ passage }) => sentences(passage.text))
    .filter(({ text }) => !new Set(terms(text)).isDisjointFrom(wanted))
    .slice(-voters);
  const denials = said.filter(({ text }) => denying.test(text)).length;
  return said.length === 0 ? undefined : { denials, count: said.length, covered };
}
