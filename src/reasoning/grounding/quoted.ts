import type { Answer, Evidence, GroundedSentence } from "#contracts";
import type { AnswerSentence } from "./answer-sentences.ts";

/**
 * The sentences of an answer that was put together from quotes and from what cases are labeled with, as the built-in reader's. A quote
 * is compared with the evidence, character for character; what no citation claims is the reader's conclusion and is not checked.
 */
export function judgeQuotes(request: {
  answer: Answer;
  sentences: readonly AnswerSentence[];
  evidence: readonly Evidence[];
}): GroundedSentence[] {
  const { answer, evidence } = request;
  const claims: GroundedSentence[] = [];
  let from = 0;
  for (const [claim, citations] of Map.groupBy(answer.citations, (citation) => citation.claim)) {
    const start = answer.text.indexOf(claim, from);
    if (start === -1 || claim === "") continue;
    from = start + claim.length;
    const exact = citations.find((citation) => isExact(citation, evidence));
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
  const others = request.sentences
    .filter(({ start, end }) => !claims.some((claim) => claim.start < end && start < claim.end))
    .map(({ start, end }) => notChecked(start, end));
  return [...claims, ...others].sort((one, other) => one.start - other.start);
}

function isExact(
  { claim, evidence: number, quote, start, end }: Answer["citations"][number],
  evidence: readonly Evidence[],
) {
  const cited = evidence.find((item) => item.number === number);
  if (quote === null) return cited?.type === "case";
  const text = cited?.type === "passage" ? cited.passage.text : cited?.type === "page" ? cited.page.text : "";
  return text.slice(start ?? 0, end ?? 0) === quote && flat(quote) === flat(claim);
}

function flat(text: string): string {
  return text.replace(/\s+/g, " ");
}

export function notChecked(start: number, end: number): GroundedSentence {
  const nothing = {
    evidence: null,
    quote: null,
    quoteStart: null,
    quoteEnd: null,
    score: null,
    conflict: null,
  };
  return { start, end, status: "not-checked", ...nothing };
}
