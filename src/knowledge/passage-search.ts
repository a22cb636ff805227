import type { Passage } from "#contracts";
import type { Collection } from "#store";
import { passageFromRecord } from "./passage-collection.ts";

export type PassageHit = { passage: Passage; score: number };

/** The passages that fit a query in plain words, best first, by BM25; empty where no term of the query is in the library. */
export async function searchPassages(request: {
  collection: Collection;
  query: string;
  top: number;
}): Promise<PassageHit[]> {
  const { collection, query, top } = request;
  const hits = await collection.searchTerms({ query, top, columns: ["record"] });
  return hits.map(({ row, score }) => ({ passage: passageFromRecord(row.record ?? ""), score }));
}
