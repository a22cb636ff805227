import type { ReadTrajectory } from "../read-trajectory.ts";
import type { Reward } from "../reward.ts";
import { addressesScorer } from "../signs/addresses-scorer.ts";
import { accuracy } from "./accuracy.ts";
import { ratedAnswer } from "./rated-answer.ts";

/** Accuracy for a profile that optimizers attack: luck by several answers pays nothing, and a judge is heard only where no rule decides. */
export const correctness: Reward = {
  name: "correctness",
  about:
    "As accuracy, but 0 where several answers were given; an answer in free text that is not right word for word is worth rated-answer, unless it speaks to its judge.",
  read(trajectory) {
    const reading = accuracy.read(trajectory);
    if (reading.value === null) return reading;
    if (trajectory.problems.some(({ type }) => type === "several-answers")) return { ...reading, value: 0 };
    if (reading.value === 1 || !isFreeText(trajectory)) return reading;
    if (addressesScorer(trajectory.modelText)) return reading;
    return { ...reading, value: ratedAnswer.read(trajectory).value ?? 0 };
  },
};

function isFreeText({ options, gold, answer }: ReadTrajectory): boolean {
  return options.length === 0 && gold.text !== undefined && answer !== null;
}
