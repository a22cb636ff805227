/** How cases are related to a query so that they may not answer it; in the order in which they are told. */
export const caseRelations = ["sameImage", "nearIdentical", "samePatient", "sameSlide"] as const;
export type CaseRelation = (typeof caseRelations)[number];

/** What a search gave for one query. Positions are those of the list of cases. */
export type CaseRanking = {
  /** Best first. */
  ranked: readonly { position: number; score: number }[];
  /** The cases of the library that could be found: all but those left out, ascending. */
  candidates: readonly number[];
  /** How many were left out, each counted once. */
  excluded: Readonly<Record<CaseRelation, number>>;
  /** Of the search alone, without describing the image. */
  milliseconds: number;
};

/** Ranks the cases of one library for a query. Rejects only where the search itself fails. */
type CaseRanker = {
  rank(request: { query: number; top: number; signal?: AbortSignal }): Promise<CaseRanking>;
};

/** Makes a library of the cases at these positions; whatever is fitted is fitted on them alone. */
export type CaseRetriever = {
  name: string;
  prepare(library: readonly number[], signal?: AbortSignal): Promise<CaseRanker>;
};
