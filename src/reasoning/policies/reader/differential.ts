import type { CaseEvidence, DifferentialEntry, Label, LabelStatus } from "#contracts";
import { effectiveSampleSize, wilsonInterval } from "#statistics";
import { deniesItself } from "./denial.ts";
import { saysNothingFound } from "./subject.ts";

/**
 * What the similar cases say of a label. `share` is its vote, 0 to 1; `known` the share of all cases' weight that has a vote on
 * it, 0 to 1; `backing` the probability times that share.
 */
export type LabelVote = DifferentialEntry & { share: number; known: number; backing: number };

const votes: Record<LabelStatus, number> = { present: 1, uncertain: 0.5, absent: 0 };
const labelsShown = 8;

/**
 * The labels of similar cases, best backed first. With wᵢ = exp(−2 (s₁ − sᵢ) / (s₁ − sₖ)) for the similarity sᵢ of case i of k,
 * from 1 for the nearest to e⁻² for the farthest whatever the scale of the descriptor's cosines (local scaling, Zelnik-Manor and
 * Perona 2004), divided by the number of cases of the same patient or slide:
 *
 *   v(label) = Σ wᵢ vᵢ / Σ wᵢ,   vᵢ = 1 present, ½ uncertain, 0 absent
 *   p(label) = (n v + ½) / (n + 1),   n = (Σ wᵢ)² / Σ wᵢ²
 *
 * over the cases that have a vote on the label, that is the vote with Jeffreys' prior at Kish's effective sample size n, so that
 * eleven of eleven cases give 0.96 and not certainty; with Wilson's 95 % interval of the vote.
 *
 * A case that lists only present labels keeps a closed list: what it does not list is absent. A case that states any label as
 * absent or uncertain keeps an open list: what it does not mention is unknown, and it has no vote on that, nor has a case
 * without labels on any. Except that "No finding" and a finding exclude each other: who carries one denies the other. A label
 * that few cases know has a vote of few, so labels are ordered by p times the share of the weight that knows of them. A label that
 * is only denied has v = 0. Labels are independent: probabilities need not sum to 1. Empty without labels.
 */
export function formDifferential(cases: readonly CaseEvidence[]): LabelVote[] {
  const weights = weigh(cases);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const lists = cases.map(({ case: { labels } }) => readList(labels));
  const names = new Set(cases.flatMap(({ case: { labels } }) => labels.map(({ name }) => name)));
  return [...names]
    .map((label) => {
      const cast = lists.flatMap((statusOf, index) => {
        const status = statusOf(label);
        return status ? [{ value: votes[status], weight: weights[index] ?? 0 }] : [];
      });
      return countVotes(label, cast, all);
    })
    .sort((a, b) => b.backing - a.backing || b.probability - a.probability || (a.label < b.label ? -1 : 1));
}

/** The labels that any case carries, at most eight; and the one asked for, behind the others where cases only deny it. */
export function showDifferential(differential: readonly LabelVote[], asked?: LabelVote): DifferentialEntry[] {
  const shown = differential.filter(({ share }) => share > 0).slice(0, labelsShown);
  if (asked && !shown.includes(asked)) shown.push(asked);
  return shown.map(({ label, probability, interval }) => ({ label, probability, interval }));
}

function countVotes(
  label: string,
  cast: readonly { value: number; weight: number }[],
  all: number,
): LabelVote {
  const voting = cast.reduce((sum, { weight }) => sum + weight, 0);
  const share = Math.min(1, cast.reduce((sum, { weight, value }) => sum + weight * value, 0) / voting);
  const known = Math.min(1, voting / all);
  const sampleSize = effectiveSampleSize(cast.map(({ weight }) => weight));
  const probability = (sampleSize * share + 0.5) / (sampleSize + 1);
  const interval = wilsonInterval({ proportion: share, sampleSize });
  return { label, probability, interval, share, known, backing: probability * known };
}

/** What a case's labels say of any label; undefined where they leave it unknown. */
function readList(labels: readonly Label[]): (label: string) => LabelStatus | undefined {
  // The first status of a name that comes twice, which the last entry of a map is.
  const stated = new Map(labels.map(({ name, status }) => [name, status] as const).reverse());
  const carried = labels.filter(({ status }) => status === "present").map(({ name }) => name);
  const nothingFound = carried.some(saysNothingFound);
  const somethingFound = carried.some((name) => !saysNothingFound(name) && !deniesItself(name));
  const closed = labels.length > 0 && carried.length === labels.length;
  return (label) => {
    const excluded = saysNothingFound(label) ? somethingFound : nothingFound && !deniesItself(label);
    return stated.get(label) ?? (closed || excluded ? "absent" : undefined);
  };
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
