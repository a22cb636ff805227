import { MedRoundsError } from "#contracts";
import {
  createPassageSearch,
  type PassageSearch,
  passageCollection,
  passageFromRecord,
  passageVectorCollection,
  readSynonyms,
} from "#knowledge";
import type { Library } from "#library";
import { isLoopback } from "#platform";
import { type Collection, type CollectionSchema, openServingIndex, type ServingIndex } from "#store";
import { type NamedRetriever, readRetrieverName } from "./retriever-name.ts";
import { loadQueryEmbedder, loadReranker } from "./text-models.ts";

/** How passages are to be found. */
export type RetrievalChoice = {
  /** "bm25", "hybrid", "hybrid+rerank" …; hybrid where the library's texts have vectors and bm25 where not, unless given. */
  retriever?: string;
  /** The source of a reranker; it is used by every retriever, named with "+rerank" or not. */
  reranker?: string;
};

/** The one search of passages that commands, rounds, server and evaluation share. Dispose of it to free its models. */
export type LibrarySearch = PassageSearch &
  AsyncDisposable & {
    /** All that decides what is found, beside the library's content. */
    identity: { retriever: string; embedders: string[]; reranker: string | null };
    /** The sources that are not on this machine and are sent every query. */
    remoteSources: readonly string[];
    /** What a person should know, such as passages that have no vector yet. */
    notes: readonly string[];
    /** Resolves when the indexes in memory are built; at once where there are none. Searches are answered before, too. */
    warm(): Promise<void>;
  };

/**
 * Puts together the search of a library's passages and loads its models. Throws `usage-invalid` for a retriever that there is none
 * of, `vectors-missing` where it needs vectors and the library has none, `embedder-mismatch`, and what loading a model throws.
 */
export async function openPassageSearch(
  request: RetrievalChoice & {
    library: Library;
    /** The sources of the embedders whose vectors are searched; all of the library unless given. */
    embedders?: readonly string[];
    /** Whether searches are answered from indexes in memory, built anew when the library changes: for processes that live long. */
    inMemory?: boolean;
  },
): Promise<LibrarySearch> {
  const { library, inMemory = false } = request;
  const named = chooseRetriever(request);
  const records = named.retriever.legs.includes("vectors") ? requireVectors(request, named) : [];
  await using loading = new AsyncDisposableStack();
  const indexes: ServingIndex[] = [];
  const serve = (collection: Collection, schema: CollectionSchema) => {
    if (!inMemory) return collection;
    const index = loading.use(openServingIndex({ collection, schema }));
    indexes.push(index);
    return index;
  };
  const vectors = await Promise.all(
    records.map(async ({ embedder: record, collection }) => {
      const embedder = loading.use(await loadQueryEmbedder(record));
      const { collection: name, dimension } = record;
      return { embedder, collection: serve(collection, passageVectorCollection({ name, dimension })) };
    }),
  );
  const reranker = request.reranker === undefined ? undefined : await loadReranker(request.reranker);
  loading.use(reranker);
  const search = createPassageSearch({
    retriever: named.retriever,
    passages: serve(library.passages, passageCollection),
    vectors,
    corpora: library.manifest.corpora,
    ...(reranker ? { reranker } : {}),
    ...(named.synonyms ? { synonyms: await readSynonyms(scanPassages(library)) } : {}),
  });
  const notes = await Promise.all(records.map((record) => tellMissing(library, record)));
  const sources = [
    ...records.map(({ embedder }) => embedder.source),
    ...(request.reranker === undefined ? [] : [request.reranker]),
  ];
  const loaded = loading.move();
  return {
    ...search,
    identity: {
      retriever: search.name,
      embedders: vectors.map(({ embedder }) => embedder.fingerprint),
      reranker: reranker?.id ?? null,
    },
    remoteSources: sources.filter(isRemote),
    notes: notes.flat(),
    warm: async () => {
      await Promise.all(indexes.map((index) => index.settled()));
    },
    [Symbol.asyncDispose]: () => loaded.disposeAsync(),
  };
}

function chooseRetriever({
  library,
  retriever,
  reranker,
}: RetrievalChoice & { library: Library }): NamedRetriever {
  const named = readRetrieverName(retriever ?? (library.textVectors.length > 0 ? "hybrid" : "bm25"));
  if (!named.rerank || reranker !== undefined) return named;
  throw new MedRoundsError("usage-invalid", `${retriever} needs a reranker (--reranker SOURCE).`);
}

type Records = Library["textVectors"];

function requireVectors(
  { library, embedders }: { library: Library; embedders?: readonly string[] },
  { retriever }: NamedRetriever,
): Records {
  const records = library.textVectors.filter(
    ({ embedder: { source } }) => !embedders || embedders.includes(source),
  );
  if (records.length > 0) return records;
  throw new MedRoundsError(
    "vectors-missing",
    `The retriever ${retriever.name} needs vectors, and the library's texts have none.`,
    { retriever: retriever.name },
  );
}

async function tellMissing(library: Library, { embedder, collection }: Records[number]): Promise<string[]> {
  const passages = await library.passages.count();
  const missing = passages - (await collection.count());
  if (missing <= 0) return [];
  return [
    `${missing} of ${passages} passages have no vector of ${embedder.id} and are found by words alone; run: medrounds library embed --embedder ${embedder.source}`,
  ];
}

async function* scanPassages({ passages }: Library) {
  for await (const rows of passages.scan({ columns: ["record"] })) {
    for (const { row } of rows) yield passageFromRecord(row.record ?? "");
  }
}

/** Sources name an address behind the kind of their provider, as in "tei:https://host/"; a model in process has none. */
function isRemote(source: string): boolean {
  const [address] = /https?:\/\/[^#?\s]+/.exec(source) ?? [];
  return address !== undefined && URL.canParse(address) && !isLoopback(new URL(address).hostname);
}
