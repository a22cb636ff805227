/** A passage that was found: the document it is part of, and the retriever's score. */
export type RetrievedPassage = { document: string; score: number };

/** Finds passages, best first, at most `top` of them; empty where nothing fits. Rejects only where the search itself fails. */
export type PassageRetriever = {
  name: string;
  search(request: { query: string; top: number; signal?: AbortSignal }): Promise<readonly RetrievedPassage[]>;
};
