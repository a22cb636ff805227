import type { MadeManifest } from "#training";
import { makeExamQuestions, type QuestionsRequest } from "./make-exam-questions.ts";
import { type FineTuningRequest, makeFineTuningSet } from "./make-fine-tuning-sets.ts";
import { makeReasoningData, type ReasoningRequest } from "./make-reasoning-data.ts";
import { type StrataRequest, stratifyExamQuestions } from "./make-strata.ts";

/** Which data to make, of what. */
export type MakeDataRequest = ReasoningRequest | QuestionsRequest | StrataRequest | FineTuningRequest;

/**
 * Makes training data of what people have: stepwise reasoning from reports, exam questions from images with questions, their strata by
 * rollouts, and the sets of reasoner and summarizer. What fails a check, or stands in an evaluation set, is kept apart with the reason.
 * Throws what reading the sources, connecting the model and writing throw, and the signal's reason.
 */
export function makeData(request: MakeDataRequest): Promise<MadeManifest> {
  switch (request.kind) {
    case "reasoning":
      return makeReasoningData(request);
    case "questions":
      return makeExamQuestions(request);
    case "strata":
      return stratifyExamQuestions(request);
    case "reasoner":
    case "summarizer":
      return makeFineTuningSet(request);
  }
}
