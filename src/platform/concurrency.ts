/**
 * Applies `apply` to each item, at most `limit` at a time, and resolves to the results in the order of the items.
 * The first rejection rejects the whole; items not yet begun are then not begun.
 */
export async function mapConcurrently<Item, Result>(
  items: readonly Item[],
  limit: number,
  apply: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = new Array(items.length);
  let next = 0;
  const work = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await apply(items[index] as Item);
    }
  };
  const workers = Array.from({ length: Math.min(limit, items.length) }, () =>
    work().catch((error: unknown) => {
      next = items.length;
      throw error;
    }),
  );
  await Promise.all(workers);
  return results;
}
