import type { Passage, SearchStage } from "#contracts";
import { mapConcurrently } from "#platform";
import type { Collection } from "#store";
import { embeddedText, passageFromRecord } from "../passage-collection.ts";
import type { Reranker, TextEmbedder } from "../ports.ts";
import { byScore, type Ranked, type RankedList } from "./ranked-list.ts";
import type { Retriever } from "./retriever.ts";
import { runLegs } from "./run-legs.ts";
import type { Synonyms } from "./synonyms.ts";

/** `score` is that of the last stage that judged the passage, comparable within one query only; `stages` are in their order. */
export type PassageHit = { passage: Passage; score: number; stages: SearchStage[] };

export type PassageSearchRequest = {
  queries: readonly string[];
  /** At most so many passages a query. */
  top: number;
  /** Only passages of these corpora; all unless given. */
  corpora?: readonly string[];
  signal?: AbortSignal;
};

/** Finds passages for each query, in the order of the queries, best first; none for a query that is blank. */
export type PassageSearch = {
  /** The retriever with what is added to it: "hybrid", "bm25+rerank". */
  name: string;
  search(request: PassageSearchRequest): Promise<PassageHit[][]>;
};

/** What a search is made of. `corpora` are those that the collections hold. */
export type PassageSearchParts = {
  retriever: Retriever;
  passages: Collection;
  vectors: readonly { embedder: TextEmbedder; collection: Collection }[];
  corpora: readonly string[];
  reranker?: Reranker;
  /** How many of the first passages the reranker judges (default 50); the others stay behind them in their order. */
  rerankDepth?: number;
  synonyms?: Synonyms;
};

const defaultRerankDepth = 50;
const queriesAtOnce = 4;

/**
 * Puts a search together. Its legs run in the store; what they found is fused, reranked and explained here, the same on every
 * store. Queries of one request are embedded together. A search rejects where a leg, the embedder or the reranker does: a leg that
 * fails is never left out in silence.
 */
export function createPassageSearch(parts: PassageSearchParts): PassageSearch {
  const { retriever, reranker, synonyms, rerankDepth = defaultRerankDepth } = parts;
  return {
    name: [retriever.name, ...(synonyms ? ["synonyms"] : []), ...(reranker ? ["rerank"] : [])].join("+"),
    async search({ queries, top, corpora, signal }) {
      const found: PassageHit[][] = queries.map(() => []);
      const asked = queries.flatMap((query, index) => (query.trim() === "" ? [] : [{ query, index }]));
      if (top === 0 || asked.length === 0) return found;
      const texts = asked.map(({ query }) => query);
      const vectors = retriever.legs.includes("vectors")
        ? await Promise.all(parts.vectors.map(({ embedder }) => embedder.embedQueries(texts, signal)))
        : [];
      const prepared = asked.map((item, position) => ({
        ...item,
        vectors: vectors.map((list) => list[position] ?? new Float32Array()),
      }));
      const depth = reranker ? Math.max(top, rerankDepth) : top;
      await mapConcurrently(prepared, queriesAtOnce, async ({ query, index, vectors }) => {
        signal?.throwIfAborted();
        const lists = await runLegs({ parts, query, vectors, top: depth, corpora });
        const fused = lists.length > 1 ? retriever.fuse(lists) : (lists[0]?.hits ?? []);
        const passages = await readPassages({ collection: parts.passages, ranked: fused, count: depth });
        const explained = explain(passages, { lists, fused });
        const hits = reranker
          ? await rerank({ reranker, query, hits: explained, rerankDepth, signal })
          : explained;
        found[index] = hits.slice(0, top);
      });
      return found;
    },
  };
}

type Found = { id: string; score: number; passage: Passage };

/** The first `count` that are still there: vectors may be older than the passages. */
async function readPassages(request: {
  collection: Collection;
  ranked: readonly Ranked[];
  count: number;
}): Promise<Found[]> {
  const { collection, ranked, count } = request;
  const found: Found[] = [];
  for (let start = 0; start < ranked.length && found.length < count; ) {
    const next = ranked.slice(start, start + count - found.length);
    start += next.length;
    const values = next.flatMap(({ id, record }) => (record === undefined ? [id] : []));
    const filter = { type: "one-of", column: "id", values } as const;
    const rows = values.length > 0 ? await collection.find({ filter, columns: ["record"] }) : [];
    const records = new Map(rows.map(({ id, record }) => [id, record]));
    for (const { id, score, record = records.get(id) } of next) {
      if (record !== undefined) found.push({ id, score, passage: passageFromRecord(record) });
    }
  }
  return found;
}

/** What each stage so far gave each passage. */
function explain(
  found: readonly Found[],
  { lists, fused }: { lists: readonly RankedList[]; fused: readonly Ranked[] },
): PassageHit[] {
  const stages = lists.length > 1 ? [...lists, { stage: "fusion", hits: fused }] : lists;
  const places = stages.map(({ stage, hits }) => ({
    stage,
    byId: new Map(hits.map(({ id, score }, index) => [id, { rank: index + 1, score }])),
  }));
  return found.map(({ id, score, passage }) => ({
    passage,
    score,
    stages: places.flatMap(({ stage, byId }) => {
      const place = byId.get(id);
      return place ? [{ stage, ...place }] : [];
    }),
  }));
}

async function rerank(request: {
  reranker: Reranker;
  query: string;
  hits: readonly PassageHit[];
  rerankDepth: number;
  signal: AbortSignal | undefined;
}): Promise<PassageHit[]> {
  const { reranker, query, hits, rerankDepth, signal } = request;
  const judged = hits.slice(0, rerankDepth);
  if (judged.length === 0) return [];
  const passages = judged.map(({ passage }) => embeddedText(passage));
  const scores = await reranker.rerank({ query, passages, ...(signal ? { signal } : {}) });
  const ranked = judged
    .map((hit, index) => ({ hit, id: hit.passage.id, score: scores[index] ?? Number.NEGATIVE_INFINITY }))
    .sort(byScore)
    .map(({ hit, score }, index) => {
      const stage = { stage: `rerank ${reranker.id}`, rank: index + 1, score };
      return { ...hit, score, stages: [...hit.stages, stage] };
    });
  return [...ranked, ...hits.slice(rerankDepth)];
}
