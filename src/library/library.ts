import { mkdir, readdir } from "node:fs/promises";
import { MedRoundsError } from "#contracts";
import { caseCollection, type ImageEmbedder, imageVectorCollection } from "#imaging";
import { passageCollection, passageVectorCollection } from "#knowledge";
import { fileError, writeError } from "#platform";
import { type Collection, openStore, type Store } from "#store";
import {
  checkEmbedder,
  type ImageEncoderRecord,
  type LibraryManifest,
  newManifest,
  readManifest,
  type TextEmbedderRecord,
  writeManifest,
} from "./manifest.ts";

/** The vectors that one embedder made of the passages; a passage that came later may have none yet. */
export type TextVectors = { embedder: TextEmbedderRecord; collection: Collection };
/** The vectors that one encoder made of the cases' images; a case that came later may have none yet. */
export type ImageVectors = { embedder: ImageEncoderRecord; collection: Collection };

/** An open library: passages, cases and images in one folder. Dispose of it to free the store. */
export type Library = Disposable & {
  folder: string;
  manifest: LibraryManifest;
  embedder: ImageEmbedder;
  passages: Collection;
  cases: Collection;
  textVectors: TextVectors[];
  imageVectors: ImageVectors[];
  store: Store;
};

/**
 * Opens the library in a folder; with `create` an empty or missing folder becomes one. Throws `library-missing`,
 * `library-unreadable`, `library-newer`, `library-older`, `library-folder-occupied`, `embedder-mismatch`, `store-mismatch`,
 * `path-unwritable`, `disk-full` and what `openStore` throws.
 */
export async function openLibrary(request: {
  folder: string;
  embedder: ImageEmbedder;
  create?: boolean;
  /** Where the tables of a library that is created are to be: "lancedb", or the location of a store elsewhere. */
  store?: string;
}): Promise<Library> {
  const { folder, embedder } = request;
  let manifest = await readManifest(folder);
  if (!manifest) {
    if (!request.create) {
      throw new MedRoundsError("library-missing", `There is no library in ${folder}.`, { folder });
    }
    await requireEmpty(folder);
    manifest = newManifest(embedder, request.store);
    await mkdir(folder, { recursive: true }).catch((error: unknown) => {
      throw writeError(error, folder);
    });
    await writeManifest(folder, manifest);
  }
  checkEmbedder(manifest, embedder);
  if (request.store !== undefined && request.store !== manifest.store) {
    requireUnused(manifest, request.store);
    manifest = { ...manifest, store: request.store };
    await writeManifest(folder, manifest);
  }
  // A library that names no corpus never held anything: the command that made it may have been killed before its tables were.
  const create = manifest.corpora.length === 0;
  const store = await openStore({ location: manifest.store, folder });
  try {
    const passages = await store.open(passageCollection, { create });
    const cases = await store.open(caseCollection(embedder.dimension), { create });
    const textVectors = await openVectors(manifest.textEmbedders, (record) =>
      store.open(passageVectorCollection({ ...record, name: record.collection }), { create: false }),
    );
    const imageVectors = await openVectors(manifest.imageEncoders, (record) =>
      store.open(imageVectorCollection({ ...record, name: record.collection }), { create: false }),
    );
    return {
      folder,
      manifest,
      embedder,
      passages,
      cases,
      textVectors,
      imageVectors,
      store,
      [Symbol.dispose]: () => store.close(),
    };
  } catch (cause) {
    store.close();
    if (MedRoundsError.is(cause)) throw cause;
    throw new MedRoundsError(
      "library-unreadable",
      "The library's tables can't be read.",
      { folder },
      { cause },
    );
  }
}

function openVectors<Record>(records: readonly Record[], open: (record: Record) => Promise<Collection>) {
  return Promise.all(records.map(async (record) => ({ embedder: record, collection: await open(record) })));
}

/** A library's tables stay where they are once it has held something. */
function requireUnused({ corpora, store }: LibraryManifest, wanted: string): void {
  if (corpora.length === 0) return;
  throw new MedRoundsError("store-mismatch", "The library's tables are in another store.", { store, wanted });
}

async function requireEmpty(folder: string): Promise<void> {
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error.code === "ENOTDIR"
      ? occupied(`${folder} is not a folder.`, folder)
      : fileError(error, folder);
  });
  // A command that was killed while it made the library may have left a part of the manifest.
  if (entries.every((name) => /^library\.json\..+\.part$/.test(name))) return;
  throw occupied(`${folder} holds other files and no library.`, folder);
}

function occupied(message: string, folder: string): MedRoundsError {
  return new MedRoundsError("library-folder-occupied", message, { folder });
}
