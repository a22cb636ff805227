import type { Collection } from "#store";

export type Keyed = { key: string; contentHash: string };

/** A row of the library, with the columns that were asked for. */
export type KnownRow = Awaited<ReturnType<Collection["find"]>>[number];

/**
 * Decides about each item by what the library has: the same content under any key is `unchanged`, another content under its
 * key a `conflict`, or with `replace` to be written in its place, and anything else is to be written as new.
 *
 * Items are settled as if they came one by one: one that shares its key or content with an earlier one waits until that was
 * written, or was not. `write` gets items of different keys and contents.
 */
export async function settleItems<Item extends Keyed>(request: {
  collection: Collection;
  keyColumn: string;
  columns?: readonly string[];
  items: readonly Item[];
  replace: boolean;
  unchanged(item: Item, row: KnownRow): Promise<void> | void;
  conflict(item: Item): void;
  write(items: readonly { item: Item; isNew: boolean }[]): Promise<void>;
}): Promise<void> {
  const { keyColumn, replace, unchanged, conflict, write } = request;
  let waiting = request.items;
  while (waiting.length > 0) {
    const rows = await findKnown({ ...request, items: waiting });
    const byContent = new Map(rows.map((row) => [row.contentHash, row]));
    const keys = new Set(rows.map((row) => row[keyColumn]));
    const claimed = new Set<string>();
    const claim = (item: Item) => claimed.add(item.key).add(item.contentHash);
    const now: { item: Item; isNew: boolean }[] = [];
    const later: Item[] = [];
    for (const item of waiting) {
      const same = byContent.get(item.contentHash);
      const isNew = !keys.has(item.key);
      if (claimed.has(item.key) || claimed.has(item.contentHash)) {
        later.push(item);
        claim(item);
      } else if (same) {
        await unchanged(item, same);
      } else if (isNew || replace) {
        now.push({ item, isNew });
        claim(item);
      } else {
        conflict(item);
      }
    }
    await write(now);
    waiting = later;
  }
}

function findKnown(request: {
  collection: Collection;
  keyColumn: string;
  columns?: readonly string[];
  items: readonly Keyed[];
}): Promise<KnownRow[]> {
  const { collection, keyColumn, columns = [], items } = request;
  return collection.find({
    filter: {
      type: "any",
      filters: [
        { type: "one-of", column: "contentHash", values: items.map((item) => item.contentHash) },
        { type: "one-of", column: keyColumn, values: items.map((item) => item.key) },
      ],
    },
    columns: [keyColumn, "contentHash", ...columns],
  });
}
