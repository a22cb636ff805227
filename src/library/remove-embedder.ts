import { MedRoundsError } from "#contracts";
import type { Library } from "./library.ts";
import { type TextEmbedderRecord, updateManifest } from "./manifest.ts";
import { dropFit, writeFit } from "./similarity.ts";
import { imageVectorKind, textVectorKind, type VectorKind } from "./vector-kind.ts";
import { lockForWriting } from "./writer-lock.ts";

/** The embedder that was removed, by its id, and how many vectors it had made. */
export type EmbedderRemoval = { embedder: string; vectors: number };

/**
 * Removes an embedder of texts or images by the source that it was loaded from, with its vectors, no byte of which is left: searches
 * and additions ask it no more. A removal that was cut short is completed by running it again. Throws `entry-missing` where the
 * library was not embedded from that source, `library-busy`, `path-unwritable` and `disk-full`.
 */
export async function removeEmbedder(library: Library, source: string): Promise<EmbedderRemoval> {
  await using _lock = await lockForWriting(library.folder);
  const removal = await planEmbedderRemoval(library, source);
  const isOfImages = library.imageVectors.some(({ embedder }) => embedder.source === source);
  if (isOfImages) await dropFit(library);
  for (const { collection } of vectorsOf(library, source)) {
    await collection.remove({ type: "all", filters: [] });
    await collection.optimize({ purge: true });
  }
  await forget(library, { source, kind: textVectorKind });
  await forget(library, { source, kind: imageVectorKind });
  if (isOfImages && (await library.cases.count()) > 0) await writeFit(library);
  return removal;
}

/** What `removeEmbedder` would take away. Reads alone. Throws `entry-missing`. */
export async function planEmbedderRemoval(library: Library, source: string): Promise<EmbedderRemoval> {
  const found = vectorsOf(library, source);
  const [first] = found;
  if (!first)
    throw new MedRoundsError("entry-missing", `The library was not embedded by ${source}.`, { source });
  const counts = await Promise.all(found.map(({ collection }) => collection.count()));
  return { embedder: first.embedder.id, vectors: counts.reduce((sum, count) => sum + count, 0) };
}

/** One source may have embedded both texts and images. */
function vectorsOf({ textVectors, imageVectors }: Library, source: string) {
  return [...textVectors, ...imageVectors].filter(({ embedder }) => embedder.source === source);
}

async function forget<EmbedderRecord extends TextEmbedderRecord>(
  library: Library,
  { source, kind }: { source: string; kind: VectorKind<EmbedderRecord> },
): Promise<void> {
  library.manifest = await updateManifest(library.folder, (manifest) =>
    kind.name(
      manifest,
      kind.named(manifest).filter((known) => known.source !== source),
    ),
  );
  const left = kind.opened(library).filter(({ embedder }) => embedder.source !== source);
  kind.keep(library, left);
}
