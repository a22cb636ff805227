import type { CaseEvidence, DifferentialEntry, LabelStatus } from "#contracts";
import { effectiveSampleSize, wilsonInterval } from "#statistics";

/** What a label counts in the vote. A label that a case does not list counts like one that is absent. */
const votes: Record<LabelStatus, number> = { present: 1, uncertain: 0.5, absent: 0 };

/**
 * The labels of similar cases as a differential, most probable first. With wᵢ = exp(−2 (s₁ − sᵢ) / (s₁ − sₖ)) for the
 * similarity sᵢ of case i of k, from 1 for the nearest to e⁻² for the farthest whatever the scale of the descriptor's cosines
 * (local scaling, Zelnik-Manor and Perona 2004), divided by the number of cases of the same patient or slide:
 *
 *   v(label) = Σ wᵢ vᵢ / Σ wᵢ,   vᵢ = 1 present, ½ uncertain, 0 absent or not listed
 *   p(label) = (n v + ½) / (n + 1),   n = (Σ wᵢ)² / Σ wᵢ²
 *
 * that is the vote with Jeffreys' prior at Kish's effective sample size n, so that eleven of eleven cases give 0.96 and not
 * certainty; with Wilson's 95 % interval of the vote. Labels are independent: probabilities need not
 * sum to 1. Empty without cases.
 */
export function formDifferential(cases: readonly CaseEvidence[]): DifferentialEntry[] {
  if (cases.length === 0) return [];
  const weights = weigh(cases);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const sampleSize = effectiveSampleSize(weights);
  const sums = new Map<string, number>();
  for (const [index, { case: similar }] of cases.entries()) {
    for (const { name, status } of similar.labels) {
      sums.set(name, (sums.get(name) ?? 0) + (weights[index] ?? 0) * votes[status]);
    }
  }
  return [...sums]
    .filter(([, sum]) => sum > 0)
    .map(([label, sum]) => {
      const vote = Math.min(1, sum / total);
      const probability = (sampleSize * vote + 0.5) / (sampleSize + 1);
      return { label, probability, interval: wilsonInterval({ proportion: vote, sampleSize }) };
    })
    .sort((a, b) => b.probability - a.probability || (a.label < b.label ? -1 : 1));
}

function weigh(cases: readonly CaseEvidence[]): number[] {
  const scores = cases.map(({ score }) => score);
  const nearest = Math.max(...scores);
  const range = nearest - Math.min(...scores);
  const groups = cases.map(({ case: { id, patientId, slideId } }) => patientId ?? slideId ?? id);
  return scores.map((score, index) => {
    const sameGroup = groups.filter((group) => group === groups[index]).length;
    const closeness = range === 0 ? 1 : Math.exp((-2 * (nearest - score)) / range);
    return closeness / sameGroup;
  });
}
