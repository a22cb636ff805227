import type { Case } from "#contracts";
import { caseFromRecord, decodeImage, type ImageEncoder, imageVectorRow } from "#imaging";
import { mapConcurrently } from "#platform";
import type { EmbedReport } from "./embed.ts";
import { nameEmbedder } from "./embed-manifest.ts";
import { type EmbedProgress, embedRows } from "./embed-rows.ts";
import type { Library } from "./library.ts";
import { readStoredImage } from "./stored-images.ts";
import { imageVectorKind } from "./vector-kind.ts";
import { lockForWriting } from "./writer-lock.ts";

/** `unreadable` are the cases whose stored image is not there or can't be decoded: they have no vector. */
export type ImageEmbedReport = EmbedReport & { unreadable: string[] };

const batchSize = 64;
const imagesAtOnce = 2;

/**
 * Gives every case of a library the vector of its stored image by this encoder, as `embedLibrary` does with passages: what is
 * missing alone, a commit a batch. `source` is what the encoder can be loaded from the next time. When the signal aborts, the report
 * says `interrupted`. Throws as `embedLibrary` does.
 */
export async function embedImages(request: {
  library: Library;
  encoder: ImageEncoder;
  source: string;
  replace?: boolean;
  signal?: AbortSignal;
  onProgress?: (progress: EmbedProgress) => void;
}): Promise<ImageEmbedReport> {
  const { library, encoder, source, ...options } = request;
  const { signal } = options;
  const { id, dimension, fingerprint } = encoder;
  const began = performance.now();
  await using _lock = await lockForWriting(library.folder);
  const record = { id, dimension, fingerprint, source, texts: encoder.embedTexts !== undefined };
  const vectors = await nameEmbedder({ ...options, library, kind: imageVectorKind, embedder: record });
  const unreadable: string[] = [];
  const decode = async (found: Case) => {
    signal?.throwIfAborted();
    try {
      const bytes = await readStoredImage(library.folder, found.image);
      const { raster } = await decodeImage(bytes, { name: found.image });
      return [{ case: found, raster }];
    } catch {
      unreadable.push(found.id);
      return [];
    }
  };
  const counts = await embedRows({
    ...options,
    items: library.cases,
    vectors,
    batchSize,
    read: caseFromRecord,
    content: { column: "image", of: ({ image }) => image },
    embed: async (cases) => {
      const decoded = (await mapConcurrently(cases, imagesAtOnce, decode)).flat();
      if (decoded.length === 0) return [];
      const made = await encoder.embedImages(
        decoded.map(({ raster }) => raster),
        signal,
      );
      return decoded.map((one, index) =>
        imageVectorRow({ case: one.case, vector: made[index] ?? new Float32Array() }),
      );
    },
  });
  const seconds = (performance.now() - began) / 1000;
  return { embedder: id, dimension, ...counts, seconds, unreadable };
}
