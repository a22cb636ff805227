import type { AnswerMetric } from "../answer.ts";
import { answerMeasures } from "../measures/list.ts";
import { abstentionRate } from "./abstention-rate.ts";
import { accuracy } from "./accuracy.ts";
import { answeredAccuracy } from "./answered-accuracy.ts";
import { balancedAccuracy } from "./balanced-accuracy.ts";
import { bleu } from "./bleu.ts";
import { brierScore } from "./brier-score.ts";
import { calibrationError } from "./calibration-error.ts";
import { circularAccuracy } from "./circular-accuracy.ts";
import { costPerCorrect } from "./cost-per-correct.ts";
import { exactMatch } from "./exact-match.ts";
import { executionAccuracy } from "./execution-accuracy.ts";
import { failureRate } from "./failure-rate.ts";
import { judgedMetrics } from "./judged.ts";
import { macroF1 } from "./macro-f1.ts";
import { meanConfidence } from "./mean-confidence.ts";
import { meanMeasure } from "./mean-measure.ts";
import { positionBias } from "./position-bias.ts";
import { refusalRate } from "./refusal-rate.ts";
import { repeatAgreement } from "./repeat-agreement.ts";
import { tokensPerCorrect } from "./tokens-per-correct.ts";
import { unanswerableF1 } from "./unanswerable-f1.ts";
import { unparsedRate } from "./unparsed-rate.ts";
import { weightedF1 } from "./weighted-f1.ts";
import { yesNoAccuracy } from "./yes-no-accuracy.ts";

/** The figures over the answers of an arm, in the order in which they are shown. The first is what arms are compared by. */
export const answerMetrics: readonly AnswerMetric[] = [
  accuracy,
  balancedAccuracy,
  macroF1,
  weightedF1,
  yesNoAccuracy,
  exactMatch,
  executionAccuracy,
  unanswerableF1,
  ...bleu,
  ...answerMeasures.map(meanMeasure),
  ...judgedMetrics,
  calibrationError,
  brierScore,
  meanConfidence,
  answeredAccuracy,
  unparsedRate,
  refusalRate,
  abstentionRate,
  failureRate,
  repeatAgreement,
  circularAccuracy,
  positionBias,
  tokensPerCorrect,
  costPerCorrect,
];
