import type { AnswerMetric, MetricTally, ScoredSample } from "../answer.ts";

/** The share of samples of which something is so, 0–1; otherwise as `meanOf`. */
export function shareOf(
  metric: Pick<AnswerMetric, "name" | "title" | "better">,
  value: (sample: ScoredSample) => number | boolean | null,
): AnswerMetric {
  const mean = meanOf(metric, value);
  return {
    ...mean,
    prepare(samples): MetricTally | null {
      const tally = mean.prepare(samples);
      return tally && { ...tally, isShare: true };
    },
  };
}

/** The mean of a number that samples have; null for those that do not count. It does not apply where none counts. */
export function meanOf(
  metric: Pick<AnswerMetric, "name" | "title" | "better">,
  value: (sample: ScoredSample) => number | boolean | null,
): AnswerMetric {
  return {
    ...metric,
    prepare(samples) {
      if (samples.every((sample) => value(sample) === null)) return null;
      return {
        isMean: true,
        row(sample) {
          const counted = value(sample);
          return counted === null ? null : [Number(counted), 1];
        },
        statistic: ([sum = 0, count = 0]) => sum / count,
      };
    },
  };
}
