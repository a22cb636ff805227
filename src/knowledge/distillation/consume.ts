/**
 * Applies `apply` to items as they come, at most `limit` at a time; items are drawn only when there is room. The first rejection
 * aborts the signal that the others got, waits for them, and rejects the whole.
 */
export async function consumeConcurrently<Item>(request: {
  items: AsyncIterable<Item>;
  limit: number;
  apply(item: Item, signal: AbortSignal): Promise<void>;
  signal?: AbortSignal;
}): Promise<void> {
  const { items, limit, apply, signal } = request;
  const stop = new AbortController();
  const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  const iterator = items[Symbol.asyncIterator]();
  let first: { error: unknown } | undefined;
  const work = async () => {
    while (!either.aborted) {
      const next = await iterator.next();
      if (next.done) return;
      await apply(next.value, either);
    }
  };
  const workers = Array.from({ length: limit }, () =>
    work().catch((error: unknown) => {
      first ??= { error };
      stop.abort(error);
    }),
  );
  await Promise.all(workers);
  await iterator.return?.();
  signal?.throwIfAborted();
  if (first) throw first.error;
}
