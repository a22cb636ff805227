/** A passage that was found: the document it is part of, and the retriever's score. */
export type RetrievedPassage = { document: string; score: number };

/** Finds passages, best first, at most `top` of them; empty where nothing fits. Rejects only where the search itself fails. */
export type PassageRetriever = {
  name: string;
  search(request: { query: string; top: number; signal?: AbortSignal }): Promise<readonly RetrievedPassage[]>;
};

/** Why a query is not independent of what it is to be answered from; in the order in which they are told. */
export const leakReasons = [
  "sameImage",
  "nearIdentical",
  "samePatient",
  "sameSlide",
  "overlappingText",
] as const;
export type LeakReason = (typeof leakReasons)[number];

/** A query that leaks, and by what: how many items each reason holds for, and the first ten of them by id. */
export type QueryLeak = {
  query: string;
  reasons: Partial<Record<LeakReason, { count: number; items: string[] }>>;
};

export type LeakReport = {
  queries: number;
  /** How many items the queries were compared with. */
  items: number;
  /** Queries that any reason holds for. */
  touched: number;
  /** `touched` as a share (0 to 1) of the queries. */
  share: number;
  /** Queries by reason; one may count under several. */
  reasons: Record<LeakReason, number>;
  /** In the order of the queries. */
  leaks: QueryLeak[];
};

/** Finds the queries of a test set that a library, or a training set, already holds something of. Throws the signal's reason. */
export type LeakGuard<Item> = {
  check(request: {
    queries: readonly Item[];
    library: Iterable<Item> | AsyncIterable<Item>;
    /** Is told how many items were read, and then how many queries were compared. */
    onProgress?: (done: { items: number; queries: number }) => void;
    signal?: AbortSignal;
  }): Promise<LeakReport>;
};
