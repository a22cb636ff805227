import type { Answer, CaseEvidence, Option, PassageEvidence } from "#contracts";
import { terms } from "#text";
import { type Claim, quoteClaims } from "./claims.ts";
import type { LabelVote } from "./differential.ts";
import { extractSentences } from "./extract-sentences.ts";
import { saysNothingFound, subjectTerms } from "./subject.ts";

/** What the reader knows when it answers. */
export type Findings = {
  question: string;
  options: readonly Option[];
  cases: readonly CaseEvidence[];
  passages: readonly PassageEvidence[];
  differential: readonly LabelVote[];
  confidenceThreshold: number;
};

/** An answer, and in words how its confidence was measured. */
export type ReaderAnswer = { answer: Answer; confidenceMethod: string };

const sentencesQuoted = 3;

/** Sentences of the library about the question's subject; with `about`, on that label or option in its light. */
export function quoteLibrary({ question, passages }: Findings, about = ""): Claim[] {
  if (saysNothingFound(about)) return [];
  const wanted = new Set(terms(about)).union(subjectTerms(question));
  return quoteClaims(extractSentences({ passages, wanted, about, most: sentencesQuoted }));
}
