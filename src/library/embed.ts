import {
  embeddedText,
  embeddedTextHash,
  passageFromRecord,
  passageVectorRow,
  type TextEmbedder,
} from "#knowledge";
import { nameEmbedder } from "./embed-manifest.ts";
import { type EmbedCounts, type EmbedProgress, embedRows } from "./embed-rows.ts";
import type { Library } from "./library.ts";
import { textVectorKind } from "./vector-kind.ts";
import { lockForWriting } from "./writer-lock.ts";

/** What an embedding did, in passages or in cases. */
export type EmbedReport = EmbedCounts & { embedder: string; dimension: number; seconds: number };

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
  const { library, embedder, source, ...options } = request;
  const { id, dimension, fingerprint } = embedder;
  const began = performance.now();
  await using _lock = await lockForWriting(library.folder);
  const record = { id, dimension, fingerprint, source };
  const vectors = await nameEmbedder({ ...options, library, kind: textVectorKind, embedder: record });
  const counts = await embedRows({
    ...options,
    items: library.passages,
    vectors,
    batchSize,
    read: passageFromRecord,
    content: { column: "textHash", of: embeddedTextHash },
    embed: async (passages) => {
      const made = await embedder.embedPassages(passages.map(embeddedText), options.signal);
      return passages.map((passage, index) =>
        passageVectorRow({ passage, vector: made[index] ?? new Float32Array() }),
      );
    },
  });
  return { embedder: id, dimension, ...counts, seconds: (performance.now() - began) / 1000 };
}
