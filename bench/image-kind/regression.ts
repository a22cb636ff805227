/** Multinomial logistic regression with a ridge, by accelerated gradient descent with restarts; the same samples give the same weights. */
export type Sample = { measures: Float64Array; kind: number; weight: number };

const steps = 300;

/** Weights of each kind, the intercept last. `ridge` is per unit of total weight. */
export function fitRegression(
  samples: readonly Sample[],
  options: { kinds: number; ridge: number },
): Float64Array[] {
  const { kinds, ridge } = options;
  const length = (samples[0]?.measures.length ?? 0) + 1;
  const total = samples.reduce((sum, { weight }) => sum + weight, 0);
  let weights = new Float64Array(kinds * length);
  let ahead = weights.slice();
  let pace = 1;
  let rate = 0.05;
  let best = Number.POSITIVE_INFINITY;
  for (let step = 0; step < steps; step++) {
    const { loss, gradient } = measureLoss(ahead, { samples, kinds, length, ridge, total });
    if (loss > best * 1.02) {
      rate *= 0.5;
      pace = 1;
      ahead = weights.slice();
      best = Number.POSITIVE_INFINITY;
      continue;
    }
    best = loss;
    const next = ahead.map((value, index) => value - rate * gradient[index]!);
    const nextPace = (1 + Math.sqrt(1 + 4 * pace * pace)) / 2;
    ahead = next.map((value, index) => value + ((pace - 1) / nextPace) * (value - weights[index]!));
    [weights, pace] = [next, nextPace];
  }
  return Array.from({ length: kinds }, (_, kind) => weights.slice(kind * length, (kind + 1) * length));
}

function measureLoss(
  weights: Float64Array,
  problem: { samples: readonly Sample[]; kinds: number; length: number; ridge: number; total: number },
): { loss: number; gradient: Float64Array } {
  const { samples, kinds, length, ridge, total } = problem;
  const gradient = new Float64Array(weights.length);
  const shares = new Float64Array(kinds);
  let loss = 0;
  for (const { measures, kind, weight } of samples) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let row = 0; row < kinds; row++) {
      let score = weights[row * length + length - 1]!;
      for (let index = 0; index < length - 1; index++)
        score += weights[row * length + index]! * measures[index]!;
      shares[row] = score;
      largest = Math.max(largest, score);
    }
    let sum = 0;
    for (let row = 0; row < kinds; row++) {
      shares[row] = Math.exp(shares[row]! - largest);
      sum += shares[row]!;
    }
    loss -= (weight / total) * Math.log(Math.max(1e-12, shares[kind]! / sum));
    for (let row = 0; row < kinds; row++) {
      const error = (weight / total) * (shares[row]! / sum - (row === kind ? 1 : 0));
      const start = row * length;
      for (let index = 0; index < length - 1; index++) gradient[start + index]! += error * measures[index]!;
      gradient[start + length - 1]! += error;
    }
  }
  for (const [index, weight] of weights.entries()) {
    if (index % length === length - 1) continue;
    loss += (ridge / 2) * weight * weight;
    gradient[index]! += ridge * weight;
  }
  return { loss, gradient };
}
