import type { CaseEvidence, DifferentialEntry, Option, PassageEvidence } from "#contracts";
import { softmax, wilsonInterval } from "#statistics";
import { terms } from "#text";
import { denies } from "./denial.ts";
import { onlyJudges, subjectTerms } from "./subject.ts";
import { weighTerms } from "./term-weights.ts";

/** How sharply support by passages turns into probability. */
const temperature = 0.1;
/** What passages count beside similar cases where the cases' labels name options. */
const passageShare = 0.2;
/** Each option's share of the vote before any case is counted. */
const prior = 0.02;

/**
 * The options as a differential in their own order; probabilities sum to 1.
 *
 * - By cases: an option whose text and a label name each other takes that label's probability, or its complement where the text
 *   denies the label; "yes" and "no" do so with the label the question names. Normalized with a prior of 0.02 an option.
 * - By passages: softmax, at temperature 0.1, of the best passage's coverage of the question's subject times its coverage of
 *   the option's own terms.
 * - Where cases name any option, 0.8 of the first and 0.2 of the second; otherwise the second alone.
 *
 * Intervals are Wilson's at the number of cases, or of passages where there are no cases.
 */
export function weighOptions(request: {
  question: string;
  options: readonly Option[];
  differential: readonly DifferentialEntry[];
  passages: readonly PassageEvidence[];
  cases: readonly CaseEvidence[];
}): DifferentialEntry[] {
  const sampleSize = request.cases.length > 0 ? request.cases.length : request.passages.length;
  const byPassages = weighByPassages(request);
  const byCases = weighByCases(request);
  return request.options.map(({ label }, index) => {
    const passages = byPassages[index] ?? 0;
    const cases = byCases?.[index];
    const probability = cases === undefined ? passages : (1 - passageShare) * cases + passageShare * passages;
    const interval = wilsonInterval({ proportion: probability, sampleSize });
    return { label, probability, interval };
  });
}

function weighByPassages({ question, options, passages }: Parameters<typeof weighOptions>[0]): number[] {
  const wanted = subjectTerms(question);
  const texts = passages.map(
    ({ passage }) => new Set(terms(`${passage.title} ${passage.headings.join(" ")} ${passage.text}`)),
  );
  const weights = weighTerms(texts);
  const support = options.map(({ text }) => {
    const own = new Set(terms(text)).difference(wanted);
    const scores = texts.map(
      (present) =>
        weights.coverage(own, present) * (wanted.size === 0 ? 1 : weights.coverage(wanted, present)),
    );
    return Math.max(0, ...scores);
  });
  return softmax(support, temperature);
}

function weighByCases({
  question,
  options,
  differential,
}: Parameters<typeof weighOptions>[0]): number[] | undefined {
  const named = options.map(({ text }) => {
    const vote = findVote({ question, option: text, differential });
    return vote && (vote.denied ? 1 - vote.entry.probability : vote.entry.probability);
  });
  if (named.every((probability) => probability === undefined)) return undefined;
  const total = named.reduce<number>((sum, probability) => sum + (probability ?? 0) + prior, 0);
  return named.map((probability) => ((probability ?? 0) + prior) / total);
}

/**
 * The label by whose vote an option is weighed, and whether the option says that it is absent. "Yes" and "no" speak of the
 * label the question asks for; any other option of the first of the differential that names it or is named by it.
 */
export function findVote(request: {
  question: string;
  option: string;
  differential: readonly DifferentialEntry[];
}): { entry: DifferentialEntry; denied: boolean } | undefined {
  const { question, option, differential } = request;
  if (onlyJudges(option)) {
    const answer = option.trim().toLowerCase();
    const entry = answer === "maybe" ? undefined : findAskedLabel(question, differential);
    return entry && { entry, denied: answer === "no" };
  }
  const entry = differential.find(({ label }) => nameEachOther(label, option));
  return entry && { entry, denied: denies(option, entry.label) };
}

/** The label that the question's subject names, the most probable one where it names several. */
export function findAskedLabel(
  question: string,
  differential: readonly DifferentialEntry[],
): DifferentialEntry | undefined {
  const asked = subjectTerms(question);
  return differential.find(({ label }) => {
    const own = new Set(terms(label));
    return own.size > 0 && own.isSubsetOf(asked);
  });
}

function nameEachOther(label: string, option: string): boolean {
  const first = new Set(terms(label));
  const second = new Set(terms(option));
  return first.size > 0 && second.size > 0 && (first.isSubsetOf(second) || second.isSubsetOf(first));
}
