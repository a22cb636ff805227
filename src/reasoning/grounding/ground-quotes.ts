import type { Answer, Citation, Evidence, GroundedSentence, Grounding } from "#contracts";
import { readAnswerSentences } from "./answer-sentences.ts";
import { findInvented, type GroundingRequest, groundedSentence } from "./reading.ts";

/**
 * Grounds an answer that was put together from quotes and from what cases are labeled with, as the built-in reader's. A quote is
 * compared with the evidence, character for character; what no citation claims is the reader's conclusion and is not checked.
 */
export function groundQuotes({ answer, evidence, options }: GroundingRequest): Grounding {
  const claims = readClaims(answer, evidence);
  const others = readAnswerSentences(answer.text, options)
    .filter(({ start, end }) => !claims.some((claim) => claim.start < end && start < claim.end))
    .map((sentence) => groundedSentence(sentence, null));
  return {
    method: "quoted",
    judge: null,
    sentences: [...claims, ...others].sort((one, other) => one.start - other.start),
    inventedCitations: findInvented(answer.text, evidence),
  };
}

function readClaims({ text, citations }: Answer, evidence: readonly Evidence[]): GroundedSentence[] {
  const claims: GroundedSentence[] = [];
  let from = 0;
  for (const [claim, cited] of Map.groupBy(citations, (citation) => citation.claim)) {
    const start = text.indexOf(claim, from);
    if (start === -1 || claim === "") continue;
    from = start + claim.length;
    const exact = cited.find((citation) => isExact(citation, evidence));
    claims.push({
      start,
      end: from,
      status: exact ? "supported" : "unsupported",
      evidence: exact?.evidence ?? null,
      quote: exact?.quote ?? null,
      quoteStart: exact?.start ?? null,
      quoteEnd: exact?.end ?? null,
      score: exact ? 1 : 0,
      conflict: null,
    });
  }
  return claims;
}

function isExact({ claim, evidence: number, quote, start, end }: Citation, evidence: readonly Evidence[]) {
  const cited = evidence.find((item) => item.number === number);
  if (quote === null) return cited?.type === "case";
  return textOf(cited).slice(start ?? 0, end ?? 0) === quote && flat(quote) === flat(claim);
}

function textOf(item: Evidence | undefined): string {
  if (item?.type === "passage") return item.passage.text;
  return item?.type === "page" ? item.page.text : "";
}

function flat(text: string): string {
  return text.replace(/\s+/g, " ");
}
