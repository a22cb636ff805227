import type { DifferentialEntry } from "#contracts";
import { findAskedLabel } from "./choose-option.ts";
import { voteClaim, writeClaims } from "./claims.ts";
import { type Findings, quoteLibrary, type ReaderAnswer } from "./findings.ts";
import { asksWhether, subjectQuery } from "./subject.ts";

const labelsShown = 8;

/** Distance from even odds within which the reader does not say whether an asked label is present. */
const evenOdds = 0.1;

/**
 * Answers by the vote of similar cases: on the label that the question asks for, otherwise on the leading one. Confidence is
 * that label's probability, or its complement where an asked label is found unlikely. A question whether something is there
 * that no similar case is labeled with is not answered by something else.
 */
export function answerLabel(findings: Findings): ReaderAnswer {
  const { question, cases, differential, confidenceThreshold } = findings;
  const asked = findAskedLabel(question, differential);
  const stated = asked ?? differential[0];
  if (!stated)
    return answerUndecided(findings, "The similar cases carry no labels, so they do not decide it.");
  if (!asked && asksWhether(question)) {
    const lead = `None of the ${cases.length} most similar cases carries a label of what is asked (${subjectQuery(question)}), so they do not decide it.`;
    return answerUndecided(findings, lead);
  }
  const unlikely = asked !== undefined && asked.probability < 0.5;
  const confidence = unlikely ? 1 - stated.probability : stated.probability;
  const even = asked !== undefined && Math.abs(asked.probability - 0.5) < evenOdds;
  const abstained = confidence < confidenceThreshold || even;
  const name = nameInSentence(stated);
  const other = differential.find(({ label }) => label !== stated.label);
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
      differential: differential.slice(0, labelsShown),
    },
    confidenceMethod: "vote of the similar cases for what the answer states",
  };
}

/** Similar cases that say nothing of what is asked: their labels are shown, the library is quoted, and no claim is made. */
function answerUndecided(findings: Findings, lead: string): ReaderAnswer {
  return {
    answer: {
      ...writeClaims(lead, quoteLibrary(findings)),
      choice: null,
      confidence: 0,
      abstained: true,
      differential: findings.differential.slice(0, labelsShown),
    },
    confidenceMethod: "no similar case carries a label of what is asked",
  };
}

function nameInSentence({ label }: DifferentialEntry): string {
  const words = label.replaceAll("_", " ");
  return /^[A-Z][a-z]/.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words;
}
