/** What a metric scores: documents, best first and each once, and the judgments of the query by document. */
export type RankedQuery = {
  documents: readonly string[];
  /** Grade by document: 1 and above is relevant, 0 and below is not; a document without a judgment is not relevant. */
  judgments: ReadonlyMap<string, number>;
  /** Ranks that count: 1 to this one. */
  cutoff: number;
};

/** A figure between 0 and 1 for one query; the name is that of its mean over the queries. */
export type Metric = {
  name: string;
  /** Ranks that count; null: all that were asked for. */
  cutoff: number | null;
  score(query: RankedQuery): number;
};

export function isRelevant(judgments: RankedQuery["judgments"], document: string): boolean {
  return (judgments.get(document) ?? 0) > 0;
}

export function countRelevant(judgments: RankedQuery["judgments"]): number {
  return [...judgments.values()].filter((grade) => grade > 0).length;
}
