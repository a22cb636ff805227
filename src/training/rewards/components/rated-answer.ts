import { invalidMeasurement, isIn } from "../measurements.ts";
import type { Reward } from "../reward.ts";

/** Med-R3's answer reward (arXiv 2507.23541, released reward): a judge says 0, 1 or 2, which stands here as 0, 0.5 or 1. */
export const ratedAnswer: Reward = {
  name: "rated-answer",
  about: "By a judge's rating named answer: 1 where it is 1, 0.4 from 0.5 on, else 0.",
  read({ measured, answer }) {
    const rating = measured.ratings?.answer;
    if (rating === undefined) return { value: null, reason: "No judge rated the answer." };
    if (!isIn(rating, 0, 1)) return invalidMeasurement("The rating of the answer is no number in 0–1.");
    if (answer === null) return { value: 0 };
    return { value: rating >= 1 ? 1 : rating >= 0.5 ? 0.4 : 0 };
  },
};
