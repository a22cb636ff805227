import type { ReadTrajectory } from "../read-trajectory.ts";
import type { Reading, Reward } from "../reward.ts";
import { notAboveRating } from "../thoughts/by-judge.ts";
import { readReasoning } from "../thoughts/read-reasoning.ts";

/** More steps than these earn nothing, so that length as such is not paid. */
const enough = 5;

/** Our own: Llama-R1-MedRAG promises such a reward and publishes no formula. */
export const depth: Reward = {
  name: "depth",
  about:
    "0–1: a fifth for each sentence of the thoughts, up to five, that has to do with the question or what was found and says something new; no more than a judge's rating named depth.",
  read: (trajectory) => notAboveRating(readDepth(trajectory), trajectory.measured.ratings?.depth),
};

function readDepth(trajectory: ReadTrajectory): Reading {
  const { steps, isUnspaced } = readReasoning(trajectory);
  if (isUnspaced) return { value: null, reason: "Thoughts without spaces between words can't be counted." };
  const counted = steps.filter((step) => step.isRelevant && step.isNew && !step.isRepeat).length;
  return { value: Math.min(1, counted / enough) };
}
