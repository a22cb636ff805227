import { goldLabel } from "../gold.ts";
import { invalidMeasurement } from "../measurements.ts";
import { optionLogProbabilities } from "../option-log-probabilities.ts";
import type { ReadTrajectory } from "../read-trajectory.ts";
import { hasSearched } from "../retrieved-texts.ts";
import type { Reading, Reward } from "../reward.ts";

/**
 * Med-RwR's σc (arXiv 2510.18303, section 3): log of the right option's probability with what was found over that without. The printed
 * equation 3 has them the other way round; the paper's text, which is followed here, does not.
 */
export const confidenceGainPrinted: Reward = {
  name: "confidence-gain-printed",
  about:
    "The right option's log-probability after the search minus the one before it, without bounds; 0 without a search.",
  read: (trajectory) => readGain(trajectory, (gold) => gold),
};

/** Probabilities among the options alone, so that a change of the answer's wording is no gain, and bounded. */
export const confidenceGain: Reward = {
  name: "confidence-gain",
  about:
    "−1 to 1: as confidence-gain-printed, of probabilities that sum to 1 over the question's options, cut at ±1; 0 without a search.",
  read: (trajectory) =>
    readGain(
      trajectory,
      (gold, all) => gold - logSum(all),
      (gain) => Math.min(1, Math.max(-1, gain)),
    ),
};

function readGain(
  trajectory: ReadTrajectory,
  confidence: (gold: number, all: readonly number[]) => number,
  cut: (gain: number) => number = (gain) => gain,
): Reading {
  const { optionsBefore, optionsAfter } = trajectory.measured;
  const label = goldLabel(trajectory);
  if (label === null) return { value: null, reason: "No option is told to be right." };
  if (optionsBefore === undefined || optionsAfter === undefined) {
    return { value: null, reason: "No log-probabilities were measured before and after the search." };
  }
  const before = optionLogProbabilities(optionsBefore);
  const after = optionLogProbabilities(optionsAfter);
  if (before === null || after === null) {
    return invalidMeasurement(
      "A log-probability is no finite number of at most 0, or stands for a probability of 0.",
    );
  }
  const name = label.trim().toLowerCase();
  const goldBefore = before.get(name);
  const goldAfter = after.get(name);
  if (goldBefore === undefined || goldAfter === undefined) {
    return { value: null, reason: "The right option has no log-probability." };
  }
  if (!hasSearched(trajectory)) return { value: 0 };
  const shared = [...before.keys()].filter((key) => after.has(key));
  const of = (measured: ReadonlyMap<string, number>) => shared.map((key) => measured.get(key)!);
  return { value: cut(confidence(goldAfter, of(after)) - confidence(goldBefore, of(before))) };
}

function logSum(values: readonly number[]): number {
  const largest = values.reduce((one, other) => Math.max(one, other));
  return largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}
