import type { Answer, Evidence, GroundedSentence, Grounding } from "#contracts";
import { type AnswerSentence, readAnswerSentences } from "./answer-sentences.ts";
import { readCitationMarks } from "./citation-marks.ts";
import { type Premise, readPremises } from "./premises.ts";
import { createPremiseSearch, type PremiseSearch } from "./search-premises.ts";
import type { Conflict } from "./statement.ts";

export type GroundingRequest = {
  answer: Answer;
  evidence: readonly Evidence[];
  options: readonly { label: string; text: string }[];
};

/** An answer and its evidence as they are compared. */
export type Reading = {
  sentences: readonly AnswerSentence[];
  premises: readonly Premise[];
  search: PremiseSearch;
};

export function readForGrounding({ answer, evidence, options }: GroundingRequest): Reading {
  const premises = readPremises(evidence);
  return {
    sentences: readAnswerSentences(answer.text, options),
    premises,
    search: createPremiseSearch(premises),
  };
}

/** What was found of a claim: what bears it, or, unsupported, what says it otherwise. */
export type Verdict = {
  supported: boolean;
  premise: Premise | null;
  score: number;
  conflict: Conflict | null;
};

/** A sentence with what was found of it; null where it was not checked. */
export function groundedSentence(
  { start, end }: { start: number; end: number },
  verdict: Verdict | null,
): GroundedSentence {
  const span = verdict?.premise?.span ?? null;
  return {
    start,
    end,
    status: verdict === null ? "not-checked" : verdict.supported ? "supported" : "unsupported",
    evidence: verdict?.premise?.evidence ?? null,
    quote: span === null ? null : span.text.slice(span.start, span.end),
    quoteStart: span?.start ?? null,
    quoteEnd: span?.end ?? null,
    score: verdict?.score ?? null,
    conflict: verdict?.conflict ?? null,
  };
}

/** Numbers that an answer cites and no evidence has, each once. */
export function findInvented(text: string, evidence: readonly Evidence[]): Grounding["inventedCitations"] {
  const real = new Set(evidence.map(({ number }) => number));
  const cited = new Set(readCitationMarks(text).flatMap(({ numbers }) => numbers));
  return [...cited.difference(real)].sort((one, other) => one - other);
}
