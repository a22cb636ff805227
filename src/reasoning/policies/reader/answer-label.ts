import { voteClaim, writeClaims } from "./claims.ts";
import { type LabelVote, showDifferential } from "./differential.ts";
import { type Findings, quoteLibrary, type ReaderAnswer } from "./findings.ts";
import { findAskedLabel, findNamedLabel, wantsVerdict } from "./judge-question.ts";
import { subjectQuery } from "./subject.ts";

/** Distance from even odds within which the reader does not say whether an asked label is present. */
const evenOdds = 0.1;

/**
 * Answers by the vote of similar cases: on the label that the question asks for, otherwise on the leading one. Confidence is
 * that label's probability, or its complement where an asked label is found unlikely, times the share of the cases' weight that
 * knows of it. A question whether something is there
 * that no similar case is labeled with, or for more than whether it is there, is not answered by something else.
 */
export function answerLabel(findings: Findings): ReaderAnswer {
  const { question, cases, differential, confidenceThreshold } = findings;
  const verdict = wantsVerdict(question);
  const named = findNamedLabel(question, differential);
  const asked = findAskedLabel(question, differential)?.vote ?? (verdict ? undefined : named);
  const leading = differential.find(({ share }) => share > 0);
  const stated = asked ?? (verdict ? undefined : leading);
  if (!stated) return answerUndecided(findings, sayWhyUndecided(findings, named));
  const unlikely = asked !== undefined && asked.probability < 0.5;
  const confidence = (unlikely ? 1 - stated.probability : stated.probability) * stated.known;
  const even = asked !== undefined && Math.abs(asked.probability - 0.5) < evenOdds;
  const abstained = confidence < confidenceThreshold || even;
  const name = nameInSentence(stated);
  const other = differential.find(({ label, share }) => label !== stated.label && share > 0);
  const undecided = asked
    ? `The evidence does not decide whether ${name} is present.`
    : `The evidence does not decide between ${name} and ${other ? nameInSentence(other) : "other findings"}.`;
  const decided = unlikely ? `Unlikely: ${name}.` : `Most consistent with ${name}.`;
  const claims = [voteClaim(stated, cases), ...quoteLibrary(findings, stated.label)];
  return {
    answer: {
      ...writeClaims(abstained ? undecided : decided, claims),
      choice: null,
      confidence,
      abstained,
      differential: showDifferential(differential, asked),
    },
    confidenceMethod: "vote of the similar cases for what the answer states",
  };
}

/** Abstains for the reason that `lead` gives: labels of similar cases are shown, the library is quoted, and no claim is made. */
export function answerUndecided(findings: Findings, lead: string): ReaderAnswer {
  return {
    answer: {
      ...writeClaims(lead, quoteLibrary(findings)),
      choice: null,
      confidence: 0,
      abstained: true,
      differential: showDifferential(findings.differential),
    },
    confidenceMethod: "nothing was found that decides what is asked",
  };
}

function sayWhyUndecided({ question, cases, differential }: Findings, named: LabelVote | undefined): string {
  if (differential.length === 0) return "The similar cases carry no labels, so they do not decide it.";
  if (named) {
    return `The similar cases say whether ${nameInSentence(named)} is present; what is asked goes beyond that, so they do not decide it.`;
  }
  if (wantsVerdict(question)) {
    return `None of the ${cases.length} most similar cases carries a label of what is asked (${subjectQuery(question)}), so they do not decide it.`;
  }
  return "The similar cases only say what is absent, so they do not decide it.";
}

/** A label within a sentence; a name in title case becomes lower case as a whole, another only at its beginning. */
function nameInSentence({ label }: LabelVote): string {
  const words = label.replaceAll("_", " ");
  const pattern = /^(?:[A-Z][a-z]+\s?)+$/.test(words) ? /\b[A-Z](?=[a-z])/g : /^[A-Z](?=[a-z])/;
  return words.replace(pattern, (letter) => letter.toLowerCase());
}
