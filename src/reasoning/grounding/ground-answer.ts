import { type Answer, type Failure, toFailure, withoutPlaces } from "#contracts";
import { readAnswerSentences } from "./answer-sentences.ts";
import type { EntailmentJudge } from "./entailment-judge.ts";
import { groundByJudge, pairClaims } from "./ground-by-judge.ts";
import { groundByWords } from "./ground-by-words.ts";
import { judgeQuotes } from "./quoted.ts";
import { findInvented, type GroundingRequest, readForGrounding } from "./reading.ts";

/** What is told while a judge is asked. */
type GroundingOutput =
  | { type: "data-sent"; host: string; loopback: boolean; images: number; characters: number }
  | { type: "failure"; step: number; failure: Failure };

/**
 * The answer with each of its sentences matched to the evidence: word for word where it was put together from quotes, else by the
 * judge, where there is one, or by words. What a judge is sent is told before; if it fails, that is told and words decide.
 */
export async function* groundAnswer(
  request: GroundingRequest & {
    /** Whether the answer is the built-in reader's, which is put together from quotes. */
    quoted: boolean;
    judge: EntailmentJudge | undefined;
    step: number;
    signal: AbortSignal;
  },
): AsyncGenerator<GroundingOutput, Answer> {
  const { answer, evidence, options, quoted, judge, step, signal } = request;
  if (quoted) {
    const sentences = judgeQuotes({ answer, evidence, sentences: readAnswerSentences(answer.text, options) });
    const inventedCitations = findInvented(answer.text, evidence);
    return { ...answer, grounding: { method: "quoted", judge: null, sentences, inventedCitations } };
  }
  const reading = readForGrounding(request);
  if (!judge) return { ...answer, grounding: groundByWords(request, reading) };
  const pairs = pairClaims(reading);
  const characters = pairs.reduce(
    (sum, { premise, hypothesis }) => sum + premise.length + hypothesis.length,
    0,
  );
  if (pairs.length > 0) {
    for (const { host, loopback } of judge.servers) {
      yield { type: "data-sent", host, loopback, images: 0, characters };
    }
  }
  try {
    return { ...answer, grounding: await groundByJudge(request, { reading, pairs, judge, signal }) };
  } catch (error) {
    signal.throwIfAborted();
    yield { type: "failure", step, failure: withoutPlaces(toFailure(error)) };
    return { ...answer, grounding: groundByWords(request, reading) };
  }
}
