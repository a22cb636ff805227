import type { PassageRetriever } from "#evaluation";
import { searchPassages } from "#knowledge";
import type { Library } from "#library";

/** The ways to find passages of a library that can be evaluated, by name. */
export const retrievers = new Map<string, (library: Library) => PassageRetriever>([
  [
    "bm25",
    ({ passages: collection }) => ({
      name: "bm25",
      search: async ({ query, top }) => {
        const hits = await searchPassages({ collection, query, top });
        return hits.map(({ passage, score }) => ({ document: passage.source.document, score }));
      },
    }),
  ],
]);
