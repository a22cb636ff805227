import type { TextEmbedder } from "../text-embedder.ts";

/** An embedder that remembers the vectors of the last `limit` queries, in memory. */
export function rememberQueries(embedder: TextEmbedder, limit = 1_024): TextEmbedder {
  const remembered = new Map<string, Float32Array>();
  const remember = (query: string, vector: Float32Array) => {
    remembered.delete(query);
    remembered.set(query, vector);
    const [oldest] = remembered.keys();
    if (remembered.size > limit && oldest !== undefined) remembered.delete(oldest);
  };
  return {
    ...embedder,
    async embedQueries(queries, signal) {
      signal?.throwIfAborted();
      const vectors = new Map<string, Float32Array>();
      for (const query of queries) {
        const vector = remembered.get(query);
        if (vector !== undefined) vectors.set(query, vector);
      }
      const missing = [...new Set(queries)].filter((query) => !vectors.has(query));
      const made = missing.length > 0 ? await embedder.embedQueries(missing, signal) : [];
      for (const [index, query] of missing.entries()) vectors.set(query, made[index] as Float32Array);
      for (const [query, vector] of vectors) remember(query, vector);
      return queries.map((query) => (vectors.get(query) as Float32Array).slice());
    },
  };
}
