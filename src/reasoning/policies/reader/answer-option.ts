import { findVote, weighOptions } from "./choose-option.ts";
import { voteClaim, writeClaims } from "./claims.ts";
import { type Findings, quoteLibrary, type ReaderAnswer } from "./findings.ts";
import { readJudgment, standsForRest } from "./judgment.ts";

/** How far above the mean of all options a choice must be, whatever the threshold, except at 0. */
const marginOverMean = 0.1;

/**
 * Chooses an option. Confidence is its probability; below the threshold, or too near to the mean of all, the reader abstains. A threshold of
 * 0 asks for a choice in any case: then it abstains only where nothing speaks for one option more than for another.
 */
export function answerOption(findings: Findings): ReaderAnswer {
  const { question, options, cases, passages, differential: labels, confidenceThreshold } = findings;
  const differential = weighOptions(findings);
  const [first, second] = [...differential]
    .sort((a, b) => b.probability - a.probability)
    .map(({ label, probability }) => ({ label, probability, text: textOf(label) }));
  if (!first || !second) throw new RangeError("A choice has at least two options.");
  function textOf(label: string): string {
    return options.find((option) => option.label === label)?.text ?? "";
  }
  const mean = differential.reduce((sum, { probability }) => sum + probability, 0) / options.length;
  const isEven = first.probability - second.probability < 1e-9;
  const abstained =
    confidenceThreshold === 0
      ? isEven
      : first.probability < Math.max(confidenceThreshold, mean + marginOverMean);
  const undecided =
    cases.length + passages.length === 0
      ? "The library holds nothing on this question."
      : `The evidence does not decide between ${first.label} (${first.text}) and ${second.label} (${second.text}).`;
  const lead = abstained ? undecided : `${first.label}. ${first.text}.`;
  const vote = findVote({ question, option: first.text, differential: labels })?.vote;
  const about = subjectOf(first.text) ?? vote?.label ?? "";
  const claims = [...(vote ? [voteClaim(vote, cases)] : []), ...quoteLibrary(findings, about)];
  return {
    answer: {
      ...writeClaims(lead, claims),
      choice: abstained ? null : first.label,
      confidence: first.probability,
      abstained,
      differential,
    },
    confidenceMethod: "probability of the chosen option, by similar cases and by the passages' coverage",
  };
}

/** What an option is about; undefined where it has no subject of its own. */
function subjectOf(option: string): string | undefined {
  return readJudgment(option) || standsForRest(option) ? undefined : option;
}
