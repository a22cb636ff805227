import { setImmediate as breathe } from "node:timers/promises";
import {
  embeddedText,
  embeddedTextHash,
  passageFromRecord,
  passageVectorRow,
  type TextEmbedder,
} from "#knowledge";
import type { Collection } from "#store";
import { nameTextEmbedder } from "./embed-manifest.ts";
import type { Library } from "./library.ts";
import { lockForWriting } from "./writer-lock.ts";

/** How far an embedding is: passages done, and the share (0–1) of all passages. */
export type EmbedProgress = { items: number; share: number };

/** What an embedding did: passages that got a vector, that had theirs already, and vectors whose passage had gone. */
export type EmbedReport = {
  embedder: string;
  dimension: number;
  embedded: number;
  unchanged: number;
  removed: number;
  seconds: number;
  interrupted: boolean;
};

/** Passages of one commit: what a kill can lose. */
const batchSize = 256;

/**
 * Gives every passage of a library its vector by this embedder: passages that have none, or one of an older text. Vectors of
 * passages that have gone are removed. A commit a batch, so that a run that was ended anyhow goes on where it was when it is run
 * again. `source` is what the embedder can be loaded from the next time. When the signal aborts, the report says `interrupted`.
 *
 * Throws `embedder-mismatch` where the source gave other vectors before, unless `replace` drops those; `library-busy`, and what the
 * embedder throws: the vectors made until then stay.
 */
export async function embedLibrary(request: {
  library: Library;
  embedder: TextEmbedder;
  source: string;
  replace?: boolean;
  signal?: AbortSignal;
  onProgress?: (progress: EmbedProgress) => void;
}): Promise<EmbedReport> {
  const { library, embedder, signal, onProgress } = request;
  const began = performance.now();
  await using _lock = await lockForWriting(library.folder);
  const collection = await nameTextEmbedder(request);
  const { id, dimension } = embedder;
  const report: EmbedReport = {
    embedder: id,
    dimension,
    embedded: 0,
    unchanged: 0,
    removed: 0,
    seconds: 0,
    interrupted: false,
  };
  const total = await library.passages.count();
  try {
    for await (const rows of inBatches(library.passages.scan({ columns: ["record"] }))) {
      const passages = rows.map(({ record }) => passageFromRecord(record ?? ""));
      const hashes = await textHashes(collection, rows);
      const wanted = passages.filter((passage) => hashes.get(passage.id) !== embeddedTextHash(passage));
      if (wanted.length > 0) {
        const vectors = await embedder.embedPassages(wanted.map(embeddedText), signal);
        const made = wanted.map((passage, index) =>
          passageVectorRow({ passage, vector: vectors[index] ?? new Float32Array() }),
        );
        await collection.replace({ rows: made, filter: among(made) });
      }
      report.embedded += wanted.length;
      report.unchanged += passages.length - wanted.length;
      const items = report.embedded + report.unchanged;
      onProgress?.({ items, share: items / total });
      await breathe();
      signal?.throwIfAborted();
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
    report.interrupted = true;
  }
  if (!report.interrupted) {
    if ((await collection.count()) !== total) report.removed = await removeOrphans(collection, library);
    if (report.embedded + report.removed > 0) await collection.optimize();
  }
  report.seconds = (performance.now() - began) / 1000;
  return report;
}

type Identified = { id: string };

async function* inBatches(
  scan: ReturnType<Collection["scan"]>,
): AsyncGenerator<(Identified & { record?: string })[]> {
  let batch: Identified[] = [];
  for await (const rows of scan) {
    for (const { row } of rows) {
      batch.push(row);
      if (batch.length < batchSize) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

async function textHashes(
  collection: Collection,
  rows: readonly Identified[],
): Promise<Map<string, string | undefined>> {
  const found = await collection.find({ filter: among(rows), columns: ["textHash"] });
  return new Map(found.map(({ id, textHash }) => [id, textHash]));
}

async function removeOrphans(collection: Collection, { passages }: Library): Promise<number> {
  const orphans: Identified[] = [];
  for await (const rows of inBatches(collection.scan({ columns: [] }))) {
    const found = await passages.find({ filter: among(rows), columns: [] });
    const known = new Set(found.map(({ id }) => id));
    orphans.push(...rows.filter(({ id }) => !known.has(id)));
  }
  for (let start = 0; start < orphans.length; start += batchSize) {
    await collection.remove(among(orphans.slice(start, start + batchSize)));
  }
  return orphans.length;
}

function among(rows: readonly Identified[]) {
  return { type: "one-of", column: "id", values: rows.map(({ id }) => id) } as const;
}
