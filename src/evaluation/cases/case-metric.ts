/** A ranking with what is known of it, as metrics score it. */
export type JudgedRanking = {
  /** Label overlap, 0 to 1, of the query with each case that was found, best first. */
  overlaps: Float64Array;
  /** The same of every case of the library that could have been found, the highest first. */
  possible: Float64Array;
  /** Class and similarity of each case that was found, best first. */
  neighbors: readonly Neighbor[];
  /** The query's own class. */
  class: string | undefined;
};

export type Neighbor = { class: string | undefined; score: number };

/** A figure between 0 and 1 for one query; undefined where the query says nothing of it. */
export type CaseMetric = {
  /** The name of its mean over queries. */
  name: string;
  /** The name of the mean of its means within each class of queries. */
  byClass: string;
  /** A vote needs classes alone, so it can be told of a rule that ranks nothing. */
  type: "ranking" | "vote";
  score(ranking: JudgedRanking): number | undefined;
};

/** What precision at k divides by: k, or the number of relevant cases where that is smaller. */
export type PrecisionOver = "k" | "relevant";

/** One idea as the metrics that an evaluation shows of it. */
export type CaseMetricFamily = (options: {
  /** Numbers of neighbors that vote. */
  votes: readonly number[];
  precisionOver: PrecisionOver;
}) => CaseMetric[];

/** How many of the descending overlaps are at least that high. */
export function countFrom(overlaps: Float64Array, least: number): number {
  const index = overlaps.findIndex((overlap) => overlap < least);
  return index === -1 ? overlaps.length : index;
}

/** Overlaps are ratios of small numbers: what is above 0 is at least this. */
export const anyOverlap = 1e-9;
