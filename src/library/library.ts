import { mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { MedRoundsError } from "#contracts";
import { caseCollection, type ImageEmbedder } from "#imaging";
import { passageCollection, passageVectorCollection } from "#knowledge";
import { fileError, writeError } from "#platform";
import { type Collection, openStore, type Store } from "#store";
import {
  checkEmbedder,
  type LibraryManifest,
  newManifest,
  readManifest,
  type TextEmbedderRecord,
  writeManifest,
} from "./manifest.ts";

/** The vectors that one embedder made of the passages; a passage that came later may have none yet. */
export type TextVectors = { embedder: TextEmbedderRecord; collection: Collection };

/** An open library: passages, cases and images in one folder. Dispose of it to free the store. */
export type Library = Disposable & {
  folder: string;
  manifest: LibraryManifest;
  embedder: ImageEmbedder;
  passages: Collection;
  cases: Collection;
  textVectors: TextVectors[];
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
    const textVectors = await Promise.all(
      manifest.textEmbedders.map(async (record) => {
        const { collection: name, dimension } = record;
        const collection = await store.open(passageVectorCollection({ name, dimension }), { create: false });
        return { embedder: record, collection };
      }),
    );
    return {
      folder,
      manifest,
      embedder,
      passages,
      cases,
      textVectors,
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

export type LibraryStatus = {
  library: string;
  schema: number;
  passages: number;
  cases: number;
  corpora: { name: string; passages: number; cases: number }[];
  embedders: LibraryManifest["embedders"];
  /** `vectors` is how many passages carry a vector of the embedder. */
  textEmbedders: { id: string; source: string; dimension: number; vectors: number }[];
  store: string;
  bytes: number;
};

/** What a library holds: counts by corpus, embedders, and its size on disk in bytes. */
export async function readLibraryStatus({
  folder,
  manifest,
  passages,
  cases,
  textVectors,
}: Library): Promise<LibraryStatus> {
  const corpora = manifest.corpora.map(async (name) => {
    const filter = { type: "equals", column: "corpus", value: name } as const;
    return { name, passages: await passages.count(filter), cases: await cases.count(filter) };
  });
  const textEmbedders = textVectors.map(async ({ embedder: { id, source, dimension }, collection }) => {
    return { id, source, dimension, vectors: await collection.count() };
  });
  return {
    library: folder,
    schema: manifest.schema,
    passages: await passages.count(),
    cases: await cases.count(),
    corpora: await Promise.all(corpora),
    embedders: manifest.embedders,
    textEmbedders: await Promise.all(textEmbedders),
    store: manifest.store,
    bytes: await folderSize(folder),
  };
}

async function folderSize(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => (await stat(join(entry.parentPath, entry.name)).catch(() => undefined))?.size ?? 0);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
