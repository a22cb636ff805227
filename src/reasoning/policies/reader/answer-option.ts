import { weighOptions } from "./choose-option.ts";
import { voteClaim, writeClaims } from "./claims.ts";
import { type Findings, quoteLibrary, type ReaderAnswer } from "./findings.ts";

/** How far above chance (1 / options) a choice must be, whatever the threshold. */
const marginOverChance = 0.1;

/** Chooses an option. Confidence is its probability; below the threshold, or too near to chance, the reader abstains. */
export function answerOption(findings: Findings): ReaderAnswer {
  const { options, cases, differential: labels, confidenceThreshold } = findings;
  const differential = weighOptions(findings);
  const [first, second] = [...differential]
    .sort((a, b) => b.probability - a.probability)
    .map(({ label, probability }) => ({ label, probability, text: textOf(label) }));
  if (!first || !second) throw new RangeError("A choice has at least two options.");
  function textOf(label: string): string {
    return options.find((option) => option.label === label)?.text ?? "";
  }
  const abstained = first.probability < Math.max(confidenceThreshold, 1 / options.length + marginOverChance);
  const lead = abstained
    ? `The evidence does not decide between ${first.label} (${first.text}) and ${second.label} (${second.text}).`
    : `${first.label}. ${first.text}.`;
  const vote = labels.find(({ label }) => label.toLowerCase() === first.text.toLowerCase());
  const claims = [...(vote ? [voteClaim(vote, cases)] : []), ...quoteLibrary(findings, first.text)];
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
