import { normalQuantile } from "./normal-quantile.ts";

/**
 * Score interval of a proportion (Wilson 1927, "Probable inference, the law of succession, and statistical inference"),
 * as [low, high] within 0..1. `sampleSize` may be fractional (an effective size, see `effectiveSampleSize`); 0 knows
 * nothing and gives [0, 1] whatever the proportion. `level` is the coverage, 0.95 by default.
 * Throws `RangeError` where the proportion is not in 0..1, the size is negative or not finite, or the level is not
 * strictly between 0 and 1.
 */
export function wilsonInterval(input: {
  proportion: number;
  sampleSize: number;
  level?: number;
}): [number, number] {
  const { proportion, sampleSize, level = 0.95 } = input;
  if (!(level > 0 && level < 1)) throw new RangeError(`The level must lie between 0 and 1; it is ${level}.`);
  if (!(sampleSize >= 0 && sampleSize < Infinity)) {
    throw new RangeError(`The sample size must be finite and not negative; it is ${sampleSize}.`);
  }
  if (sampleSize === 0) return [0, 1];
  if (!(proportion >= 0 && proportion <= 1)) {
    throw new RangeError(`The proportion must lie in 0..1; it is ${proportion}.`);
  }
  // z² / (z² + n) and n / (z² + n): weights of the prior center 1/2 and of the proportion. They do not overflow for a tiny n.
  const z = -normalQuantile((1 - level) / 2);
  const pull = (z * z) / (z * z + sampleSize);
  const keep = sampleSize / (z * z + sampleSize);
  const center = keep * proportion + pull / 2;
  const half = Math.sqrt(pull * (keep * proportion * (1 - proportion) + pull / 4));
  return [
    proportion === 0 ? 0 : Math.max(0, center - half),
    proportion === 1 ? 1 : Math.min(1, center + half),
  ];
}
