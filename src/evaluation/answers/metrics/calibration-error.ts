import { confidenceBin } from "#statistics";
import type { AnswerMetric } from "../answer.ts";
import { confidentAnswer } from "./confident-answer.ts";

const bins = 15;

/** Expected calibration error, 0–1, in 15 bins of equal width (Guo et al. 2017, equation 3): `calibrationError` as a function of sums. */
export const calibrationError: AnswerMetric = {
  name: "calibration-error",
  title: "Calibration error",
  better: "lower",
  prepare(samples) {
    if (samples.every((sample) => confidentAnswer(sample) === null)) return null;
    return {
      row(sample) {
        const answer = confidentAnswer(sample);
        if (!answer) return null;
        const row = new Float64Array(bins + 1);
        row[confidenceBin(answer.confidence, bins)] = answer.confidence - (answer.correct ? 1 : 0);
        row[bins] = 1;
        return row;
      },
      statistic(sums) {
        let gaps = 0;
        for (let bin = 0; bin < bins; bin++) gaps += Math.abs(sums[bin]!);
        return gaps / sums[bins]!;
      },
    };
  },
};
