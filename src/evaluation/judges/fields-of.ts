import type { AnsweredSample } from "../answers/answer.ts";
import { rightText } from "../answers/measures/right-text.ts";
import { evidenceText, roundEvidence } from "../answers/measures/round-evidence.ts";
import type { JudgedFields, JudgePrompt } from "./judge-prompt.ts";

const most = { answer: 12_000, evidence: 3_000, pieces: 16 };

/** What a sample has to show a judge; null where it lacks what the prompt reads. */
export function fieldsFor(
  answered: AnsweredSample,
  { reads, golds }: Pick<JudgePrompt, "reads" | "golds">,
): JudgedFields | null {
  if (golds && !golds.includes(answered.sample.gold.type)) return null;
  const fields = fieldsOf(answered);
  return reads.every((field) => (fields[field] ?? "") !== "") ? fields : null;
}

function fieldsOf({ sample, answer }: AnsweredSample): JudgedFields {
  const options = sample.options.map(({ label, text }) => `${label}: ${text}`);
  const reference = rightText(sample);
  return {
    question: [sample.question, ...options].join("\n"),
    answer: answer.output.slice(0, most.answer).trim(),
    evidence: numberPieces(evidencePieces(answer) ?? []),
    ...(reference === null ? {} : { reference }),
  };
}

/** The texts that a round found, the first 16, each by its first 3,000 characters; null where it is not known what it found. */
export function evidencePieces(answer: AnsweredSample["answer"]): string[] | null {
  const evidence = roundEvidence(answer);
  return evidence?.slice(0, most.pieces).map((one) => evidenceText(one).slice(0, most.evidence)) ?? null;
}

/** Pieces of evidence as one text. */
export function numberPieces(pieces: readonly string[]): string {
  return pieces.map((text, index) => `[${index + 1}] ${text}`).join("\n\n");
}
