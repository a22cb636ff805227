import { setImmediate as breathe } from "node:timers/promises";
import type { Collection, Row } from "#store";
import { amongIds, inBatches } from "./batches.ts";

/** How far an embedding is: passages or cases done, and the share (0–1) of all. */
export type EmbedProgress = { items: number; share: number };

/** What an embedding did: items that got a vector, that had theirs already, and vectors whose item had gone. */
export type EmbedCounts = { embedded: number; unchanged: number; removed: number; interrupted: boolean };

/**
 * Gives every row of a collection its vector: rows that have none, or one of an older content. Vectors of rows that have gone are
 * removed. A commit a batch, so that a run that was ended anyhow goes on where it was when it is run again. `embed` may give fewer
 * rows than items: the others have no vector then. To be called by the library's only writer.
 */
export async function embedRows<Item extends { id: string }>(request: {
  items: Collection;
  vectors: Collection;
  /** Items of one commit: what a kill can lose. */
  batchSize: number;
  read: (record: string) => Item;
  /** Of what a vector was made: the column of its row, and what stands there for an item. */
  content: { column: string; of: (item: Item) => string };
  embed: (items: readonly Item[]) => Promise<Row[]>;
  signal?: AbortSignal;
  onProgress?: (progress: EmbedProgress) => void;
}): Promise<EmbedCounts> {
  const { items, vectors, batchSize, read, content, embed, signal, onProgress } = request;
  const counts: EmbedCounts = { embedded: 0, unchanged: 0, removed: 0, interrupted: false };
  const total = await items.count();
  let done = 0;
  try {
    for await (const rows of inBatches(items.scan({ columns: ["record"] }), batchSize)) {
      const batch = rows.map(({ row }) => read(row.record ?? ""));
      const known = await readContents(vectors, { column: content.column, ids: batch.map(({ id }) => id) });
      const wanted = batch.filter((item) => known.get(item.id) !== content.of(item));
      counts.embedded += await writeVectors({ vectors, wanted, embed });
      counts.unchanged += batch.length - wanted.length;
      done += batch.length;
      onProgress?.({ items: done, share: done / total });
      await breathe();
      signal?.throwIfAborted();
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
    return { ...counts, interrupted: true };
  }
  if ((await vectors.count()) !== counts.embedded + counts.unchanged) {
    counts.removed = await removeOrphans({ items, vectors, batchSize });
  }
  if (counts.embedded + counts.removed > 0) await vectors.optimize();
  return counts;
}

async function writeVectors<Item extends { id: string }>(request: {
  vectors: Collection;
  wanted: readonly Item[];
  embed: (items: readonly Item[]) => Promise<Row[]>;
}): Promise<number> {
  const { vectors, wanted, embed } = request;
  if (wanted.length === 0) return 0;
  const rows = await embed(wanted);
  const filter = amongIds(wanted.map(({ id }) => id));
  if (rows.length > 0) await vectors.replace({ rows, filter });
  else await vectors.remove(filter);
  return rows.length;
}

async function readContents(
  vectors: Collection,
  { column, ids }: { column: string; ids: readonly string[] },
): Promise<Map<string, string | undefined>> {
  const found = await vectors.find({ filter: amongIds(ids), columns: [column] });
  return new Map(found.map((row) => [row.id, row[column]]));
}

async function removeOrphans(request: {
  items: Collection;
  vectors: Collection;
  batchSize: number;
}): Promise<number> {
  const { items, vectors, batchSize } = request;
  const orphans: string[] = [];
  for await (const rows of inBatches(vectors.scan({ columns: [] }), batchSize)) {
    const ids = rows.map(({ row }) => row.id);
    const known = new Set((await items.find({ filter: amongIds(ids), columns: [] })).map(({ id }) => id));
    orphans.push(...ids.filter((id) => !known.has(id)));
  }
  for (let start = 0; start < orphans.length; start += batchSize) {
    await vectors.remove(amongIds(orphans.slice(start, start + batchSize)));
  }
  return orphans.length;
}
