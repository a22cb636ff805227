import { isIn } from "./measurements.ts";

/**
 * Log-probabilities by label in lower case; null where one is NaN, infinite, positive, or so low that it stands for a probability of 0,
 * as engines write −10^9 for it. Of labels that differ in case alone the likelier counts.
 */
export function optionLogProbabilities(
  measured: Readonly<Record<string, number>>,
): ReadonlyMap<string, number> | null {
  const result = new Map<string, number>();
  for (const [label, value] of Object.entries(measured)) {
    if (!isIn(value, -Infinity, 0) || Math.exp(value) === 0) return null;
    const name = label.trim().toLowerCase();
    result.set(name, Math.max(result.get(name) ?? -Infinity, Math.min(0, value)));
  }
  return result;
}
