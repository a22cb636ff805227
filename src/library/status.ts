import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Library, TextVectors } from "./library.ts";
import type { LibraryManifest } from "./manifest.ts";
import { type LibrarySimilarity, readSimilarity } from "./similarity.ts";

/** `vectors` is how many passages, or cases, carry a vector of the embedder. */
type EmbedderStatus = { id: string; source: string; dimension: number; vectors: number };

export type LibraryStatus = {
  library: string;
  schema: number;
  passages: number;
  cases: number;
  corpora: { name: string; passages: number; cases: number }[];
  embedders: LibraryManifest["embedders"];
  textEmbedders: EmbedderStatus[];
  imageEncoders: (EmbedderStatus & { texts: boolean })[];
  /** How cases are compared: whether by a fit, its version, and of how many cases it was made. */
  similarity: { state: LibrarySimilarity["type"]; version: string | null; cases: number };
  store: string;
  bytes: number;
};

/** What a library holds: counts by corpus, embedders, how cases are compared, and its size on disk in bytes. */
export async function readLibraryStatus(library: Library): Promise<LibraryStatus> {
  const { folder, manifest, passages, cases, textVectors, imageVectors } = library;
  const corpora = manifest.corpora.map(async (name) => {
    const filter = { type: "equals", column: "corpus", value: name } as const;
    return { name, passages: await passages.count(filter), cases: await cases.count(filter) };
  });
  const similarity = await readSimilarity(library);
  const isFitted = similarity.type === "fitted";
  return {
    library: folder,
    schema: manifest.schema,
    passages: await passages.count(),
    cases: await cases.count(),
    corpora: await Promise.all(corpora),
    embedders: manifest.embedders,
    textEmbedders: await Promise.all(textVectors.map(readEmbedder)),
    imageEncoders: await Promise.all(
      imageVectors.map(async (vectors) => ({
        ...(await readEmbedder(vectors)),
        texts: vectors.embedder.texts,
      })),
    ),
    similarity: {
      state: similarity.type,
      version: isFitted ? similarity.fit.version : null,
      cases: isFitted ? similarity.cases : 0,
    },
    store: manifest.store,
    bytes: await folderSize(folder),
  };
}

async function readEmbedder({ embedder, collection }: TextVectors): Promise<EmbedderStatus> {
  const { id, source, dimension } = embedder;
  return { id, source, dimension, vectors: await collection.count() };
}

async function folderSize(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => (await stat(join(entry.parentPath, entry.name)).catch(() => undefined))?.size ?? 0);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
