import { bestFirst, type CaseStage, type ComesFirst, type RankedCase } from "./ranked-cases.ts";

/** Of Cormack, Clarke and Büttcher 2009. */
const constant = 60;

export type RankedList = { stage: CaseStage["stage"]; weight: number; ranked: readonly RankedCase[] };

/**
 * Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009): a case scores Σ weight / (60 + rank) over the lists that have it, ranks
 * from 1. Each case comes with its stages.
 */
export function fuseRankings(lists: readonly RankedList[], comesFirst: ComesFirst): RankedCase[] {
  const fused = new Map<number, { position: number; score: number; stages: CaseStage[] }>();
  for (const { stage, weight, ranked } of lists) {
    for (const [index, { position, score }] of ranked.entries()) {
      const known = fused.get(position) ?? { position, score: 0, stages: [] };
      known.score += weight / (constant + index + 1);
      known.stages.push({ stage, rank: index + 1, score });
      fused.set(position, known);
    }
  }
  return [...fused.values()].sort(bestFirst(comesFirst));
}
