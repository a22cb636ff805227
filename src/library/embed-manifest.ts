import { MedRoundsError } from "#contracts";
import { passageVectorCollection, type TextEmbedder } from "#knowledge";
import type { Collection } from "#store";
import type { Library } from "./library.ts";
import { readManifest, type TextEmbedderRecord, updateManifest } from "./manifest.ts";

/**
 * Names an embedder in the manifest, where it is not yet, and opens the collection of its vectors. Its table is made before it is
 * named, so that a named one is always there. An embedder that was named by another source keeps its vectors and takes this source.
 */
export async function nameTextEmbedder(request: {
  library: Library;
  embedder: TextEmbedder;
  source: string;
  replace?: boolean;
}): Promise<Collection> {
  const { library, embedder, source, replace = false } = request;
  const { id, dimension, fingerprint } = embedder;
  // Another command may have named some since the library was opened.
  const { textEmbedders } = (await readManifest(library.folder)) ?? library.manifest;
  const outdated = textEmbedders.find(
    (known) => known.source === source && known.fingerprint !== fingerprint,
  );
  if (outdated && !replace) throw mismatch(outdated);
  const same = textEmbedders.find((known) => known.fingerprint === fingerprint);
  const name = same?.collection ?? `passage_vectors_${fingerprint.replace(/\W/g, "").slice(0, 16)}`;
  const record: TextEmbedderRecord = { id, dimension, fingerprint, source, collection: name };
  const collection = await library.store.open(passageVectorCollection({ name, dimension }));
  const others = textEmbedders.filter((known) => known !== outdated && known !== same);
  library.manifest = await updateManifest(library.folder, (manifest) => ({
    ...manifest,
    textEmbedders: [...others, record],
  }));
  if (outdated) await emptyCollection(library, outdated);
  library.textVectors = [
    ...library.textVectors.filter(
      ({ embedder: known }) => known.collection !== outdated?.collection && known.collection !== name,
    ),
    { embedder: record, collection },
  ];
  return collection;
}

async function emptyCollection(library: Library, { collection: name, dimension }: TextEmbedderRecord) {
  const collection = await library.store.open(passageVectorCollection({ name, dimension }));
  await collection.remove({ type: "all", filters: [] });
}

/** Throws `embedder-mismatch` where an embedder is not the one that made the vectors of this record. */
export function checkTextEmbedder(record: TextEmbedderRecord, embedder: TextEmbedder): void {
  if (record.fingerprint !== embedder.fingerprint || record.dimension !== embedder.dimension)
    throw mismatch(record);
}

function mismatch({ id, source }: TextEmbedderRecord): MedRoundsError {
  return new MedRoundsError(
    "embedder-mismatch",
    `${source} is not what it was when the library's texts were embedded: it gives other vectors now.`,
    { embedder: id, source },
  );
}
