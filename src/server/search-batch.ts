import { searchPassageBatch } from "#assembly";
import { MedRoundsError } from "#contracts";
import type { ServerContext } from "./server-context.ts";

/** Passages that one batch may ask for: its queries times the passages for each. */
const passageLimit = 10_000;

/**
 * The passages for a batch of queries of a trainer. A few batches are searched at once, the others wait; a client that leaves ends
 * its batch. Throws `request-too-large`.
 */
export async function searchBatch(request: {
  server: ServerContext;
  queries: readonly string[];
  top: number;
  signal: AbortSignal;
}): ReturnType<typeof searchPassageBatch> {
  const { server, queries, top, signal } = request;
  if (queries.length * top > passageLimit) {
    const message = `A batch may ask for up to ${passageLimit} passages in all.`;
    throw new MedRoundsError("request-too-large", message, { limit: passageLimit });
  }
  using _turn = await server.searching.enter(signal);
  return searchPassageBatch({ library: server.library, queries, top, signal });
}
