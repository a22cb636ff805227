import type { Filter } from "#store";
import type { PassageSearchParts } from "./passage-retrieval.ts";
import { mergeByScore, type Ranked, type RankedList } from "./ranked-list.ts";

/** What each leg of the retriever finds for one query, in the store. `vectors` are the query's, one an embedder. */
export async function runLegs(request: {
  parts: PassageSearchParts;
  query: string;
  vectors: readonly Float32Array[];
  top: number;
  corpora: readonly string[] | undefined;
}): Promise<RankedList[]> {
  const { parts, query, vectors, corpora } = request;
  const { retriever, passages, synonyms } = parts;
  const top = retriever.depth(request.top);
  const everywhere = (search: Search) => searchCorpora({ parts, search, corpora });
  const terms = async (): Promise<RankedList> => {
    const expanded = synonyms?.expand(query) ?? query;
    // A second look for the records would cost as much as the search; of deep lists most are never read.
    const columns = retriever.legs.length === 1 ? ["record"] : [];
    const search: Search = async (filter) =>
      toRanked(await passages.searchTerms({ query: expanded, top, columns, ...filter }));
    const hits = await everywhere(search);
    // Fewer than asked for: nothing else has a word of the query.
    const floor = hits.length < top ? 0 : lowest(hits);
    return { leg: "terms", stage: "bm25", floor, hits };
  };
  const dense = parts.vectors.map(({ embedder, collection }, index) => async (): Promise<RankedList> => {
    const vector = vectors[index] ?? new Float32Array();
    const search: Search = async (filter) =>
      toRanked(await collection.searchVector({ vector, top, columns: [], ...filter }));
    const hits = await everywhere(search);
    return { leg: "vectors", stage: `dense ${embedder.id}`, floor: lowest(hits), hits };
  });
  const legs = retriever.legs.flatMap((leg) => (leg === "terms" ? [terms] : dense));
  return Promise.all(legs.map((run) => run()));
}

function lowest(hits: readonly Ranked[]): number {
  return hits.at(-1)?.score ?? 0;
}

type Search = (filter: { filter?: Filter }) => Promise<Ranked[]>;

async function searchCorpora(request: {
  parts: PassageSearchParts;
  search: Search;
  corpora: readonly string[] | undefined;
}): Promise<Ranked[]> {
  const { parts, search, corpora } = request;
  const named = corpora ?? parts.corpora;
  if (parts.retriever.perCorpus && named.length > 1) {
    const lists = named.map((value) => search({ filter: { type: "equals", column: "corpus", value } }));
    return mergeByScore(await Promise.all(lists));
  }
  return search(corpora ? { filter: { type: "one-of", column: "corpus", values: corpora } } : {});
}

function toRanked(
  hits: readonly { row: { id: string; record?: string | undefined }; score: number }[],
): Ranked[] {
  return hits.map(({ row: { id, record }, score }) => ({
    id,
    score,
    ...(record === undefined ? {} : { record }),
  }));
}
