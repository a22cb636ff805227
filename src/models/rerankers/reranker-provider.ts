import type { OpenRequest } from "../embedders/embedder-provider.ts";

/** A way to reach reranking models. */
export type RerankerProvider = {
  /** What a source begins with. */
  name: string;
  /** A source as people write it. */
  example: string;
  open(request: OpenRequest): Promise<ScoreSource>;
};

/** A model that scores texts for a query; nobody has checked the scores yet. */
type ScoreSource = AsyncDisposable & {
  id: string;
  /** One score a text, in their order. */
  score(request: {
    query: string;
    texts: readonly string[];
    signal?: AbortSignal | undefined;
  }): Promise<readonly unknown[]>;
};
