import type { AnswerMeasure } from "../answer.ts";
import { answerTermsFound } from "./answer-terms-found.ts";
import { citationPrecision } from "./citation-precision.ts";
import { citationRecall } from "./citation-recall.ts";
import { findingsF1 } from "./findings-f1.ts";
import { meteor } from "./meteor.ts";
import { reconsideration } from "./reconsideration.ts";
import { rougeL } from "./rouge-l.ts";
import { sourceRecall } from "./source-recall.ts";
import { sourceReciprocalRank } from "./source-reciprocal-rank.ts";
import { supportedClaims } from "./supported-claims.ts";
import { tokenF1 } from "./token-f1.ts";

/** What single answers are measured by without asking anyone, in the order in which it is shown. */
export const answerMeasures: readonly AnswerMeasure[] = [
  tokenF1,
  rougeL,
  meteor,
  findingsF1,
  supportedClaims,
  citationPrecision,
  citationRecall,
  answerTermsFound,
  sourceRecall,
  sourceReciprocalRank,
  ...reconsideration,
];
