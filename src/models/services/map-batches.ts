import { mapConcurrently } from "#platform";
import type { TransportLimits } from "./transport-limits.ts";

/**
 * Applies `apply` to batches of the items, some at a time, and resolves to the results in the order of the items. The first failure
 * ends the others' requests.
 */
export async function mapBatches<Item, Result>(request: {
  items: readonly Item[];
  limits: TransportLimits | undefined;
  signal: AbortSignal | undefined;
  apply(batch: readonly Item[], signal: AbortSignal): Promise<readonly Result[]>;
}): Promise<Result[]> {
  const { items, limits: { batchSize = 32, concurrency = 4 } = {}, signal, apply } = request;
  const starts = Array.from({ length: Math.ceil(items.length / batchSize) }, (_, batch) => batch * batchSize);
  const failed = new AbortController();
  const either = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  const results = await mapConcurrently(starts, concurrency, async (start) => {
    try {
      return await apply(items.slice(start, start + batchSize), either);
    } catch (error) {
      failed.abort(error);
      throw error;
    }
  });
  return results.flat();
}
