import { setImmediate } from "node:timers/promises";
import type { CaseRetriever } from "#evaluation";
import { type CaseEntry, createCaseIndex, type SimilarityFit } from "#imaging";

/**
 * The search for similar cases over entries in memory, as a library's search does it: exact, and without what is related to the query.
 * `fitOn` says how the cases of a library are compared; `patientIds` are further names of a query's patient.
 */
export function createIndexRetriever(request: {
  name: string;
  entries: readonly CaseEntry[];
  patientIds: (query: number) => readonly string[];
  fitOn: (library: readonly number[]) => SimilarityFit;
}): CaseRetriever {
  const { name, entries, patientIds, fitOn } = request;
  return {
    name,
    async prepare(library, signal) {
      const index = await createCaseIndex({
        entries: library.map((position) => entries[position]!),
        fit: fitOn(library),
        ...(signal ? { signal } : {}),
      });
      return {
        async rank({ query, top }) {
          // Lets the process hear of Ctrl-C.
          await setImmediate();
          const images = [{ ...entries[query]!, patientIds: patientIds(query) }];
          const began = performance.now();
          const { subset, excluded } = index.select({ images });
          const ranked = index.byImages(images)(subset, top);
          const milliseconds = performance.now() - began;
          return {
            ranked: ranked.map(({ position, score }) => ({ position: library[position]!, score })),
            candidates: Array.from(subset.positions, (position) => library[position]!),
            excluded,
            milliseconds,
          };
        },
      };
    },
  };
}
