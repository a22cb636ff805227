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
import type { SearchServer } from "#reasoning";
import { type Collection, type CollectionSchema, openServingIndex, type ServingIndex } from "#store";
import { loadQueryEmbedder, loadReranker } from "./load-models.ts";
import { type NamedRetriever, readRetrieverName } from "./retriever-name.ts";
import { hostsBeyond, placeOf, serversOf } from "./server-of.ts";

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
    /** The servers that are sent every query: of the embedders, of the reranker and of the store. */
    servers: readonly SearchServer[];
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
  const usable = await usableVectors(request);
  const named = chooseRetriever(request, usable);
  const records = named.retriever.legs.includes("vectors") ? requireVectors(usable, named) : [];
  await using loading = new AsyncDisposableStack();
  const indexes: ServingIndex[] = [];
  const serve = (collection: Collection, schema: CollectionSchema) => {
    if (!inMemory) return collection;
    const index = loading.use(openServingIndex({ collection, schema }));
    indexes.push(index);
    return index;
  };
  const vectors = [];
  // One after the other, so that all that was loaded is freed where one fails.
  for (const { embedder: record, collection } of records) {
    const embedder = loading.use(await loadQueryEmbedder(record));
    const { collection: name, dimension } = record;
    vectors.push({ embedder, collection: serve(collection, passageVectorCollection({ name, dimension })) });
  }
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
  const asked = request.retriever === undefined || records.length > 0 ? chosenVectors(request) : [];
  const notes = await Promise.all(asked.map((record) => tellMissing(library, record)));
  const sources = [
    ...records.map(({ embedder }) => embedder.source),
    ...(request.reranker === undefined ? [] : [request.reranker]),
  ];
  const servers = serversOf([...sources.map(placeOf), library.manifest.store]);
  const loaded = loading.move();
  return {
    ...search,
    identity: {
      retriever: search.name,
      embedders: vectors.map(({ embedder }) => embedder.fingerprint),
      reranker: reranker?.id ?? null,
    },
    servers,
    notes: [...notes.flat(), ...sayServers(servers)],
    warm: async () => {
      await Promise.all(indexes.map((index) => index.settled()));
    },
    [Symbol.asyncDispose]: () => loaded.disposeAsync(),
  };
}

function chooseRetriever({ retriever, reranker }: RetrievalChoice, usable: Records): NamedRetriever {
  const named = readRetrieverName(retriever ?? (usable.length > 0 ? "hybrid" : "bm25"));
  if (!named.rerank || reranker !== undefined) return named;
  throw new MedRoundsError("usage-invalid", `${retriever} needs a reranker (--reranker SOURCE).`);
}

type Records = Library["textVectors"];
type Chosen = { library: Library; embedders?: readonly string[] };

function chosenVectors({ library, embedders }: Chosen): Records {
  return library.textVectors.filter(({ embedder: { source } }) => !embedders || embedders.includes(source));
}

/** Without embedders that have made no vector yet: their first embedding failed, and they may well be out of reach. */
async function usableVectors(chosen: Chosen): Promise<Records> {
  const records = chosenVectors(chosen);
  if ((await chosen.library.passages.count()) === 0) return records;
  const counts = await Promise.all(records.map(({ collection }) => collection.count()));
  return records.filter((_, index) => counts[index] !== 0);
}

function requireVectors(usable: Records, { retriever }: NamedRetriever): Records {
  if (usable.length > 0) return usable;
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
    `${missing} of ${passages} passages have no vector of ${embedder.id} and are not found by it; run: medrounds library embed --embedder ${embedder.source}`,
  ];
}

async function* scanPassages({ passages }: Library) {
  for await (const rows of passages.scan({ columns: ["record"] })) {
    for (const { row } of rows) yield passageFromRecord(row.record ?? "");
  }
}

/** A library may come from others, and so may the servers that it names. */
function sayServers(servers: readonly SearchServer[]): string[] {
  const hosts = hostsBeyond(servers);
  return hosts.length > 0 ? [`Queries are sent to ${hosts.join(", ")}.`] : [];
}
