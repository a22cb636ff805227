import type { Reward } from "../reward.ts";
import { accuracy } from "./accuracy.ts";
import { answerInDocuments } from "./answer-in-documents.ts";
import { confidenceGain, confidenceGainPrinted } from "./confidence-gain.ts";
import { format } from "./format.ts";
import { formatWithRetrieval } from "./format-with-retrieval.ts";
import { length } from "./length.ts";
import { letterAccuracy } from "./letter-accuracy.ts";
import { queryImageSimilarity } from "./query-image-similarity.ts";
import { querySemantics } from "./query-semantics.ts";
import { ratedAnswer } from "./rated-answer.ts";
import { routerDecision } from "./router-decision.ts";
import { sourceRecall } from "./source-recall.ts";
import { thinkThenAnswer } from "./think-then-answer.ts";
import { toolCost } from "./tool-cost.ts";

/** Every reward that a profile may weigh. */
export const rewards: readonly Reward[] = [
  accuracy,
  letterAccuracy,
  ratedAnswer,
  format,
  formatWithRetrieval,
  thinkThenAnswer,
  querySemantics,
  queryImageSimilarity,
  sourceRecall,
  answerInDocuments,
  confidenceGain,
  confidenceGainPrinted,
  length,
  toolCost,
  routerDecision,
];
