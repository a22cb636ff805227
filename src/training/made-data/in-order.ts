/**
 * Applies `apply` to items as they come, at most `limit` at a time, and yields the results in the order of the items. Items are drawn only as
 * far ahead as there is room. The first rejection aborts the signal that the others got, waits for them, and is thrown.
 */
export async function* mapInOrder<Item, Result>(request: {
  items: AsyncIterable<Item>;
  limit: number;
  apply(item: Item, signal: AbortSignal): Promise<Result>;
  signal?: AbortSignal | undefined;
}): AsyncGenerator<Result, void> {
  const { items, limit, apply, signal } = request;
  const stop = new AbortController();
  const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  const running: Promise<Result>[] = [];
  try {
    for await (const item of items) {
      signal?.throwIfAborted();
      if (stop.signal.aborted) break;
      const result = apply(item, either);
      // It is awaited in its turn; until then nobody may call it unhandled.
      result.catch(() => stop.abort());
      running.push(result);
      if (running.length >= limit) yield await running.shift()!;
    }
    while (running.length > 0) yield await running.shift()!;
  } finally {
    stop.abort();
    await Promise.allSettled(running);
  }
}
