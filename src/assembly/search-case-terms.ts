import { type CaseSearchOptions, type CaseSearchResult, caseFromRecord } from "#imaging";
import type { Library } from "#library";

/** Whether no more is asked for than the store can answer, so that no case need be read into memory. */
export function isPlain({ filter = {}, perLabel, diverse = false }: CaseSearchOptions): boolean {
  const { facets = {}, labels = [], withoutLabels = [] } = filter;
  const values = [...Object.values(facets), labels, withoutLabels].flatMap((given) => given ?? []);
  return values.length === 0 && perLabel === undefined && diverse === false;
}

/** The cases that fit a text by the store's BM25, of the filter's corpora. */
export async function searchCaseTerms(
  { cases }: Library,
  { text, top, filter }: Pick<CaseSearchOptions, "top" | "filter"> & { text: string },
): Promise<CaseSearchResult> {
  const values = filter?.corpora ?? [];
  const only = values.length > 0 ? { filter: { type: "one-of", column: "corpus", values } as const } : {};
  const hits = await cases.searchTerms({ query: text, top, columns: ["record"], ...only });
  return {
    hits: hits.map(({ row, score }) => ({ case: caseFromRecord(row.record ?? ""), score, sharedLabels: [] })),
    byLabel: [],
    shortOf: [],
    samePatient: [],
    excluded: { sameImage: 0, nearIdentical: 0, samePatient: 0, sameSlide: 0 },
    searched: await cases.count(only.filter),
    unknownValues: [],
  };
}
