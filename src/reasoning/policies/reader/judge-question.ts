import { findMentions, sentences, terms } from "#text";
import { denies, tidy, withoutDenial } from "./denial.ts";
import type { LabelVote } from "./differential.ts";
import { isPresenceQuestion } from "./presence-question.ts";
import { asksWhether, saysNothingFound, subjectTerms } from "./subject.ts";

/**
 * A label whose presence a question asks for. `questionDenies`: "yes" says that the finding is not there ("Is there no tumor?");
 * `labelDenies`: the label says so ("No tumor").
 */
export type AskedLabel = { vote: LabelVote; questionDenies: boolean; labelDenies: boolean };

const normal = ["normal", "unremarkable", "healthy"];
const abnormal = ["abnormal", "abnormality", "finding", "pathology", "pathological"];
const wholeImage = new Set(terms("chest tissue study film exam examination"));
const denying = /\b(?:no|not|without|absent|absence)\b/i;
const excluding = /\b(?:exclud(?:e|es|ed|ing)|rul(?:e|es|ed|ing) out|lack(?:s|ing)?|missing)\b/i;

/**
 * The label whose presence a question asks for, the first of the differential where it asks for several; undefined where it
 * names none, or asks for something else of what it names ("Does steatosis cause carcinoma?").
 */
export function findAskedLabel(question: string, differential: readonly LabelVote[]): AskedLabel | undefined {
  for (const sentence of askingSentences(question)) {
    const vote = findNamedLabel(sentence, differential);
    if (!vote) {
      const asked = findAskedNormality(sentence, differential);
      if (asked) return asked;
      continue;
    }
    const { phrase, denied: labelDenies } = withoutDenial(tidy(vote.label));
    if (!isPresenceQuestion(sentence, phrase)) return undefined;
    return { vote, questionDenies: deniesAsked(sentence, phrase), labelDenies };
  }
  return undefined;
}

/** The label that a text names in all its words, the first of the differential where it names several. */
export function findNamedLabel(text: string, differential: readonly LabelVote[]): LabelVote | undefined {
  const asked = subjectTerms(text);
  return differential.find(({ label }) => {
    const own = new Set(terms(label));
    return own.size > 0 && own.isSubsetOf(asked) && !saysNothingFound(label);
  });
}

/** Whether a question wants a yes or a no on something that it names. */
export function wantsVerdict(question: string): boolean {
  return askingSentences(question).some(asksWhether);
}

/** "Is it normal?" and "Is there any abnormality?" ask for the label that says that nothing was found. */
function findAskedNormality(sentence: string, differential: readonly LabelVote[]): AskedLabel | undefined {
  const vote = differential.find(({ label }) => saysNothingFound(label));
  const words = new Set(terms([...normal, ...abnormal].join(" ")));
  if (!vote || !subjectTerms(sentence).difference(wholeImage).isSubsetOf(words)) return undefined;
  const word = [...normal, ...abnormal].find((candidate) => isPresenceQuestion(sentence, candidate));
  if (word === undefined) return undefined;
  const questionDenies = deniesAsked(sentence, word) !== abnormal.includes(word);
  return { vote, questionDenies, labelDenies: false };
}

function deniesAsked(sentence: string, phrase: string): boolean {
  // "Isn't there a tumor?" expects the same yes as "Is there a tumor?".
  const plain = sentence.replace(/^(\s*\p{L}+)n['’]t\b/u, "$1");
  if (excluding.test(plain)) return true;
  return findMentions(plain, phrase).length > 0 ? denies(plain, phrase) : denying.test(plain);
}

/** The sentences that ask, last first; all of them where none ends in a question mark. */
function askingSentences(question: string): string[] {
  const all = sentences(question).map(({ text }) => text);
  const asking = all.filter((text) => text.trimEnd().endsWith("?"));
  return (asking.length > 0 ? asking : all).reverse();
}
