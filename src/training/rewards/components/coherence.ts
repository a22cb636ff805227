import type { ReadTrajectory } from "../read-trajectory.ts";
import type { Reading, Reward } from "../reward.ts";
import { notAboveRating } from "../thoughts/by-judge.ts";
import { readReasoning } from "../thoughts/read-reasoning.ts";

/** Our own, of what can be checked without a model. */
export const coherence: Reward = {
  name: "coherence",
  about:
    "−1 where the thoughts conclude another option than the answer's, 0 without a thought; else 0–1, the mean of four shares: queries that follow from question, thought or what was found, findings that are taken up, sentences that have to do with either, sentences that repeat none; no more than a judge's rating named coherence.",
  read: (trajectory) => notAboveRating(readCoherence(trajectory), trajectory.measured.ratings?.coherence),
};

function readCoherence(trajectory: ReadTrajectory): Reading {
  const { steps, queries, uses, concluded, isUnspaced } = readReasoning(trajectory);
  const { choice } = trajectory;
  if (concluded !== null && choice !== null && concluded !== choice.label) {
    return { value: -1, flags: ["contradicts-thought"] };
  }
  if (isUnspaced) return { value: null, reason: "Thoughts without spaces between words can't be compared." };
  if (steps.length === 0) return { value: 0 };
  const shares = [
    shareOf(queries),
    shareOf(uses),
    shareOf(steps.map(({ isRelevant }) => isRelevant)),
    shareOf(steps.map(({ isRepeat }) => !isRepeat)),
  ].filter((share) => share !== null);
  return { value: shares.reduce((sum, share) => sum + share, 0) / shares.length };
}

/** Null of nothing: what did not happen is neither coherent nor not. */
function shareOf(checks: readonly boolean[]): number | null {
  return checks.length === 0 ? null : checks.filter(Boolean).length / checks.length;
}
