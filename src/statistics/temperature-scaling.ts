/** What was thought of the options of one question, in 0–1 with sum 1, and which of them (from 0) is correct. */
export type OptionSample = { probabilities: readonly number[]; correct: number };

/** A probability of 0 would make every temperature infinitely bad. */
const floor = 1e-12;
const lowest = 0.05;
const highest = 20;

/**
 * The temperature that makes the probabilities fit best (temperature scaling, Guo et al. 2017, "On calibration of modern neural
 * networks", section 4.2): it minimizes the negative log-likelihood, in 0.05–20. Above 1 the probabilities were too sure of themselves. The
 * likelihood has one optimum, so a golden-section search finds it, to 1e-6 of its logarithm.
 * Throws `RangeError` without samples, and where `correct` is the place of no option.
 */
export function fitTemperature(samples: readonly OptionSample[]): number {
  if (samples.length === 0) throw new RangeError("A temperature is fitted on at least one sample.");
  for (const { probabilities, correct } of samples) {
    if (probabilities[correct] === undefined)
      throw new RangeError(`There is no option at ${correct} of ${probabilities.length}.`);
  }
  const ratio = (Math.sqrt(5) - 1) / 2;
  const loss = (logarithm: number) => meanLoss(samples, Math.exp(logarithm));
  let [low, high] = [Math.log(lowest), Math.log(highest)];
  let [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
  let [leftLoss, rightLoss] = [loss(left), loss(right)];
  while (high - low > 1e-6) {
    if (leftLoss <= rightLoss) {
      [high, right, rightLoss] = [right, left, leftLoss];
      left = high - ratio * (high - low);
      leftLoss = loss(left);
    } else {
      [low, left, leftLoss] = [left, right, rightLoss];
      right = low + ratio * (high - low);
      rightLoss = loss(right);
    }
  }
  return Math.exp((low + high) / 2);
}

/** Probabilities to the power of 1 / temperature, with sum 1 again. */
export function scaleByTemperature(probabilities: readonly number[], temperature: number): number[] {
  const logits = probabilities.map((probability) => Math.log(Math.max(probability, floor)) / temperature);
  const largest = Math.max(...logits);
  const weights = logits.map((logit) => Math.exp(logit - largest));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

function meanLoss(samples: readonly OptionSample[], temperature: number): number {
  let sum = 0;
  for (const { probabilities, correct } of samples) {
    sum -= Math.log(Math.max(floor, scaleByTemperature(probabilities, temperature)[correct]!));
  }
  return sum / samples.length;
}
