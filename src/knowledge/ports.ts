/**
 * Turns texts into unit vectors of one dimension, so that texts of like meaning lie near one another. Everything that decides a
 * vector (weights, pooling, prefixes, normalization) decides `fingerprint` too. Results keep the order of what was given; every
 * vector has been checked: the right length, finite, of length 1. Rejects as a whole where one text fails.
 */
export type TextEmbedder = {
  /** A short name for people, such as the model's. */
  id: string;
  dimension: number;
  fingerprint: string;
  embedQueries(queries: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>;
  embedPassages(
    passages: readonly { title: string; text: string }[],
    signal?: AbortSignal,
  ): Promise<Float32Array[]>;
};

/** Judges how well each passage answers a query. One finite score a passage, in their order; higher is better. */
export type Reranker = {
  id: string;
  rerank(request: {
    query: string;
    passages: readonly { title: string; text: string }[];
    signal?: AbortSignal;
  }): Promise<number[]>;
};
