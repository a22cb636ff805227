import { MedRoundsError } from "#contracts";
import type { Library } from "./library.ts";
import { updateManifest } from "./manifest.ts";
import { lockForWriting } from "./writer-lock.ts";

/** The embedder that was removed, by its id, and how many vectors it had made. */
export type EmbedderRemoval = { embedder: string; vectors: number };

/**
 * Removes a text embedder by the source that it was loaded from, with its vectors: searches and additions ask it no more. A removal
 * that was cut short is completed by running it again. Throws `entry-missing` where the library was not embedded from that source,
 * `library-busy`, `path-unwritable` and `disk-full`.
 */
export async function removeEmbedder(library: Library, source: string): Promise<EmbedderRemoval> {
  await using _lock = await lockForWriting(library.folder);
  const { embedder, collection } = findTextVectors(library, source);
  const vectors = await collection.remove({ type: "all", filters: [] });
  if (vectors > 0) await collection.optimize();
  library.manifest = await updateManifest(library.folder, (manifest) => ({
    ...manifest,
    textEmbedders: manifest.textEmbedders.filter((known) => known.source !== source),
  }));
  library.textVectors = library.textVectors.filter((known) => known.embedder.source !== source);
  return { embedder: embedder.id, vectors };
}

/** The vectors of the embedder of this source. Throws `entry-missing`. */
export function findTextVectors({ textVectors }: Library, source: string): Library["textVectors"][number] {
  const found = textVectors.find(({ embedder }) => embedder.source === source);
  if (found) return found;
  const message = `The library's texts were not embedded by ${source}.`;
  throw new MedRoundsError("entry-missing", message, { source });
}
