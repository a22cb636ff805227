import type { LibrarySearch } from "#assembly";
import type { ServerContext } from "./server-context.ts";

/**
 * The passages for each of several queries, in their order. A few batches are searched at once, the others wait; a client that
 * leaves ends its batch.
 */
export async function searchBatch(request: {
  server: Pick<ServerContext, "search" | "searching">;
  queries: readonly string[];
  top: number;
  signal?: AbortSignal;
}): ReturnType<LibrarySearch["search"]> {
  const { server, ...asked } = request;
  using _turn = await server.searching.enter(asked.signal);
  return server.search.search(asked);
}
