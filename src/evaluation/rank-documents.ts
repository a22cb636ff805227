import type { PassageRetriever, RetrievedPassage } from "./ports.ts";

/** How many passages a document may take before the search for further documents ends. */
const widest = 32;

/** Documents by their first passage, each once, in the retriever's order: scores of several stages are not of one scale. */
export function rankDocuments(passages: readonly RetrievedPassage[]): string[] {
  return [...new Set(passages.map(({ document }) => document))];
}

/**
 * The `top` best documents. Passages are asked for twice as many as documents, and again twice as many while a few long documents
 * take all places and more passages may be had.
 */
export async function searchDocuments(request: {
  retriever: PassageRetriever;
  query: string;
  top: number;
  signal?: AbortSignal;
}): Promise<string[]> {
  const { retriever, query, top, signal } = request;
  let documents: string[] = [];
  for (let passages = 2 * top; passages <= widest * top; passages *= 2) {
    const hits = await retriever.search({ query, top: passages, ...(signal ? { signal } : {}) });
    documents = rankDocuments(hits);
    if (documents.length >= top || hits.length < passages) break;
  }
  return documents.slice(0, top);
}
