import type { ImageKind } from "#contracts";

/**
 * A multinomial logistic regression over standardized measures, and for each kind the cloud of its training pictures: a mean, the
 * directions in which the kind varies most, and how far pictures lie from the plane that those span (probabilistic principal
 * components, Tipping and Bishop 1999). What lies far from the cloud of the kind that it seems to be is of no kind.
 */
export type KindModel = {
  version: number;
  /** From what it was fitted. */
  provenance: string;
  features: readonly string[];
  means: readonly number[];
  scales: readonly number[];
  kinds: readonly {
    name: ImageKind;
    /** Whether there were images enough to say so; what seems to be another kind is called "other". */
    claimed: boolean;
    /** Of each feature, the intercept last. */
    weights: readonly number[];
    /** "other" has none. */
    cloud: Cloud | null;
  }[];
};

export type Cloud = {
  mean: readonly number[];
  /** Directions of unit length with the variance along each. */
  axes: readonly { direction: readonly number[]; variance: number }[];
  /** Mean of the squared distances from the plane. */
  residual: number;
  /** The distance at which a picture is half as probable to be of the kind as its measures alone say. */
  reach: number;
};

/** How steeply a kind becomes improbable beyond its reach, in logarithms of distance. */
const steepness = 8;
const farthest = 8;

/** Measures in spreads from the mean of all training pictures, −8 to 8. */
export function standardize(
  measures: readonly number[],
  { means, scales }: Pick<KindModel, "means" | "scales">,
): Float64Array {
  return Float64Array.from(measures, (value, index) => {
    const standard = (value - means[index]!) / scales[index]!;
    return Math.min(farthest, Math.max(-farthest, standard));
  });
}

/** Mean squared distance from the cloud, in variances: about 1 for a picture of the kind. */
export function distanceFrom(cloud: Omit<Cloud, "reach">, measures: Float64Array): number {
  const { mean, axes, residual } = cloud;
  const difference = measures.map((value, index) => value - mean[index]!);
  let beside = 0;
  for (const value of difference) beside += value * value;
  let along = 0;
  for (const { direction, variance } of axes) {
    let share = 0;
    for (let index = 0; index < difference.length; index++) share += difference[index]! * direction[index]!;
    along += (share * share) / variance;
    beside -= share * share;
  }
  return (along / axes.length + beside / residual) / 2;
}

/** Probabilities of the model's kinds by its regression alone, in its order. */
function regress(kinds: KindModel["kinds"], measures: Float64Array): number[] {
  const scores = kinds.map(({ weights }) => {
    let score = weights[measures.length]!;
    for (let index = 0; index < measures.length; index++) score += weights[index]! * measures[index]!;
    return score;
  });
  const largest = Math.max(...scores);
  const weights = scores.map((score) => Math.exp(score - largest));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** Probabilities by kind: those of the regression, less what the distance from each kind's cloud takes; that is of no kind. */
export function judge(model: KindModel, measures: readonly number[]): Map<ImageKind, number> {
  const standard = standardize(measures, model);
  const shares = regress(model.kinds, standard);
  const judged = new Map<ImageKind, number>();
  let left = 1;
  for (const [index, { name, cloud }] of model.kinds.entries()) {
    if (!cloud) continue;
    const ratio = distanceFrom(cloud, standard) / cloud.reach;
    const probability = shares[index]! / (1 + ratio ** steepness);
    judged.set(name, probability);
    left -= probability;
  }
  return judged.set("other", Math.max(0, left));
}
