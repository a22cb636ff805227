/** Texts to unit vectors of one dimension; closing it frees the model and the cache file. */
export type TextEmbedder = AsyncDisposable & {
  /** A short name for people, such as the model's. */
  id: string;
  dimension: number;
  /** SHA-256, 64 hexadecimal digits, over everything that decides a vector. */
  fingerprint: string;
  embedQueries(queries: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>;
  embedPassages(passages: readonly TitledText[], signal?: AbortSignal): Promise<Float32Array[]>;
};

export type TitledText = { title: string; text: string };

/** Judges how well each passage answers a query: one finite score a passage, in their order; higher is better. */
export type Reranker = AsyncDisposable & {
  /** A short name for people, such as the model's. */
  id: string;
  rerank(request: {
    query: string;
    passages: readonly TitledText[];
    signal?: AbortSignal;
  }): Promise<number[]>;
};

/** How far a download of a model is, in bytes, or the embedding of passages. */
export type EmbedderProgress =
  | { type: "download"; file: string; done: number; total: number }
  | { type: "embed"; done: number; total: number };
