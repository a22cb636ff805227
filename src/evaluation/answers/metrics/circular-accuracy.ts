import type { AnswerMetric, ScoredSample } from "../answer.ts";

/**
 * Share of questions that are right in every order in which their options were shown, 0–1 (circular evaluation; Liu et al. 2023, "MMBench",
 * arXiv 2307.06281). Only of questions that were answered in at least two orders; a question counts once.
 */
export const circularAccuracy: AnswerMetric = {
  name: "circular-accuracy",
  title: "Right in every order",
  better: "higher",
  prepare(samples) {
    const asked = Map.groupBy(
      samples.filter(({ correct, answer }) => correct !== null && answer !== null),
      ({ sample }) => sample,
    );
    const first = new Map<ScoredSample, number>();
    for (const all of asked.values()) {
      const orders = new Set(all.map(({ answer }) => answer?.optionOrder.join(" ")));
      if (orders.size >= 2) first.set(all[0]!, all.every(({ correct }) => correct === 1) ? 1 : 0);
    }
    if (first.size === 0) return null;
    return {
      isMean: true,
      isShare: true,
      row(sample) {
        const isRight = first.get(sample);
        return isRight === undefined ? null : [isRight, 1];
      },
      statistic: ([right = 0, all = 0]) => right / all,
    };
  },
};
