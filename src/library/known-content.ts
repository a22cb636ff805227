import type { Collection } from "#store";
import { createTextSet, type TextSet } from "./text-set.ts";

export type Keyed = { key: string; contentHash: string };

/** A row of the library, with the columns that were asked for. */
export type KnownRow = Awaited<ReturnType<Collection["find"]>>[number];

/**
 * What one addition wrote, and the version of the collection before it. With it the store is asked what was there before, which costs
 * no more as the addition goes on, and what the addition wrote itself only of items that it may have written.
 */
export type WrittenContent = { since: string; texts: TextSet };

export async function openWrittenContent(collection: Collection): Promise<WrittenContent> {
  return { since: await collection.version(), texts: createTextSet() };
}

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
  /** Only where nothing else writes to the collection. */
  written?: WrittenContent;
  unchanged(item: Item, row: KnownRow): Promise<void> | void;
  conflict(item: Item): void;
  write(items: readonly { item: Item; isNew: boolean }[]): Promise<void>;
}): Promise<void> {
  const { keyColumn, replace, written, unchanged, conflict, write } = request;
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
    for (const { item } of now) {
      written?.texts.add(item.key);
      written?.texts.add(item.contentHash);
    }
    await write(now);
    waiting = later;
  }
}

type KnownRequest = {
  collection: Collection;
  keyColumn: string;
  columns?: readonly string[];
  items: readonly Keyed[];
  written?: WrittenContent;
};

async function findKnown(request: KnownRequest): Promise<KnownRow[]> {
  const { keyColumn, items, written } = request;
  if (!written) return findRows(request);
  const before = await findRows(request, written.since);
  const isWritten = (text = "") => written.texts.has(text);
  // A row of before whose key was written since may have been replaced.
  const standing = before.filter((row) => !isWritten(row[keyColumn]));
  const doubtful = new Set(before.filter((row) => isWritten(row[keyColumn])).map((row) => row.contentHash));
  const asked = items.filter(
    ({ key, contentHash }) => isWritten(key) || isWritten(contentHash) || doubtful.has(contentHash),
  );
  if (asked.length === 0) return standing;
  const now = await findRows({ ...request, items: asked });
  return [...standing, ...now];
}

function findRows(
  { collection, keyColumn, columns = [], items }: KnownRequest,
  asOf?: string,
): Promise<KnownRow[]> {
  return collection.find({
    filter: {
      type: "any",
      filters: [
        { type: "one-of", column: "contentHash", values: items.map((item) => item.contentHash) },
        { type: "one-of", column: keyColumn, values: items.map((item) => item.key) },
      ],
    },
    columns: [keyColumn, "contentHash", ...columns],
    ...(asOf === undefined ? {} : { asOf }),
  });
}
