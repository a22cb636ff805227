import type { Reward } from "../reward.ts";
import { accuracy } from "./accuracy.ts";
import { answerInDocuments } from "./answer-in-documents.ts";
import { breaches } from "./breaches.ts";
import { citations } from "./citations.ts";
import { coherence } from "./coherence.ts";
import { confidenceGain, confidenceGainPrinted } from "./confidence-gain.ts";
import { correctness } from "./correctness.ts";
import { depth } from "./depth.ts";
import { format } from "./format.ts";
import { formatWithRetrieval } from "./format-with-retrieval.ts";
import { grounding } from "./grounding.ts";
import { length } from "./length.ts";
import { letterAccuracy } from "./letter-accuracy.ts";
import { manipulation } from "./manipulation.ts";
import { queryImageSimilarity } from "./query-image-similarity.ts";
import { querySemantics } from "./query-semantics.ts";
import { ratedAnswer } from "./rated-answer.ts";
import { routerDecision } from "./router-decision.ts";
import { safety } from "./safety.ts";
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
  correctness,
  grounding,
  citations,
  coherence,
  depth,
  safety,
  breaches,
  manipulation,
];
