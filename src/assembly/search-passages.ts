import { type PassageHit, searchPassages } from "#knowledge";
import type { Library } from "#library";
import { mapConcurrently } from "#platform";

const searchesAtOnce = 4;

/** The passages for each of several queries, in the order of the queries, best first. A query without words finds nothing. */
export function searchPassageBatch(request: {
  library: Library;
  queries: readonly string[];
  top: number;
  signal?: AbortSignal;
}): Promise<PassageHit[][]> {
  const { library, queries, top, signal } = request;
  const collection = library.passages;
  return mapConcurrently(queries, searchesAtOnce, async (query) => {
    signal?.throwIfAborted();
    return top === 0 ? [] : searchPassages({ collection, query, top });
  });
}
