import { MedRoundsError } from "#contracts";
import type { Collection, CollectionSchema } from "#store";
import type { Library } from "./library.ts";
import {
  type ImageEncoderRecord,
  readManifest,
  type TextEmbedderRecord,
  updateManifest,
} from "./manifest.ts";
import { imageVectorKind, textVectorKind, type VectorKind } from "./vector-kind.ts";

/**
 * Names an embedder in the manifest, where it is not yet, and opens the collection of its vectors. Its table is made before it is
 * named, so that a named one is always there. An embedder that was named by another source keeps its vectors and takes this source.
 * Throws `embedder-mismatch` where the source gave other vectors before, unless `replace` drops those.
 */
export async function nameEmbedder<EmbedderRecord extends TextEmbedderRecord>(request: {
  library: Library;
  kind: VectorKind<EmbedderRecord>;
  embedder: Omit<EmbedderRecord, "collection">;
  replace?: boolean;
}): Promise<Collection> {
  const { library, kind, embedder, replace = false } = request;
  const { dimension, fingerprint, source } = embedder;
  // Another command may have named some since the library was opened.
  const named = kind.named((await readManifest(library.folder)) ?? library.manifest);
  const outdated = named.find((known) => known.source === source && known.fingerprint !== fingerprint);
  if (outdated && !replace) throw mismatch(outdated, kind);
  const same = named.find((known) => known.fingerprint === fingerprint);
  const name = same?.collection ?? `${kind.prefix}_${fingerprint.replace(/\W/g, "").slice(0, 16)}`;
  const record = { ...embedder, collection: name } as EmbedderRecord;
  const collection = await library.store.open(kind.schema({ name, dimension }));
  const others = named.filter((known) => known !== outdated && known !== same);
  library.manifest = await updateManifest(library.folder, (manifest) =>
    kind.name(manifest, [...others, record]),
  );
  if (outdated) await emptyCollection(library, kind.schema({ ...outdated, name: outdated.collection }));
  const kept = kind
    .opened(library)
    .filter(({ embedder: known }) => known.collection !== outdated?.collection && known.collection !== name);
  kind.keep(library, [...kept, { embedder: record, collection }]);
  return collection;
}

async function emptyCollection({ store }: Library, schema: CollectionSchema): Promise<void> {
  const collection = await store.open(schema);
  await collection.remove({ type: "all", filters: [] });
  await collection.optimize({ purge: true });
}

/** Throws `embedder-mismatch` where an embedder is not the one that made the vectors of this record. */
export function checkTextEmbedder(record: TextEmbedderRecord, embedder: Fingerprinted): void {
  if (!fits(record, embedder)) throw mismatch(record, textVectorKind);
}

/** Throws `embedder-mismatch` where an encoder is not the one that made the vectors of this record. */
export function checkImageEncoder(record: ImageEncoderRecord, encoder: Fingerprinted): void {
  if (!fits(record, encoder)) throw mismatch(record, imageVectorKind);
}

type Fingerprinted = { fingerprint: string; dimension: number };

function fits(record: Fingerprinted, { fingerprint, dimension }: Fingerprinted): boolean {
  return record.fingerprint === fingerprint && record.dimension === dimension;
}

function mismatch(
  { id, source }: TextEmbedderRecord,
  { subject }: Pick<VectorKind, "subject">,
): MedRoundsError {
  return new MedRoundsError(
    "embedder-mismatch",
    `${source} is not what it was when the library's ${subject} were embedded: it gives other vectors now.`,
    { embedder: id, source },
  );
}
