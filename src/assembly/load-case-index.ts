import { MedRoundsError } from "#contracts";
import { type CaseEntry, type CaseIndex, createCaseIndex, type SimilarityFit } from "#imaging";
import {
  type Library,
  libraryEntries,
  type ProjectedEntry,
  readCaseSnapshot,
  writeCaseSnapshot,
} from "#library";

/** Fewer cases are read from the tables in no time. */
const fewestToKeep = 5_000;

/**
 * A library's cases in memory: as a command before this one left them in a file of the library, or else from its tables. With `isKept`
 * they are left there for the next one. Throws as `createCaseIndex`.
 */
export async function loadCaseIndex(request: {
  library: Library;
  fit: SimilarityFit;
  /** What tells the library's states apart. */
  version: () => Promise<string>;
  /** Whether the encoders' own vectors are needed. */
  keepEncoded: boolean;
  isKept: boolean;
  signal: AbortSignal;
}): Promise<CaseIndex> {
  const { library, fit, version, keepEncoded, isKept, signal } = request;
  const key = `${fit.version} ${keepEncoded} ${await version()}`;
  const stored = await readCaseSnapshot(library, key);
  if (stored) return createCaseIndex({ entries: stored, fit, keepEncoded, signal });
  const made: ProjectedEntry[] = [];
  const index = await createCaseIndex({
    entries: projectEach(libraryEntries(library), (entry) => {
      const projected = { ...entry, projected: fit.project(entry), ...(keepEncoded ? {} : { encoded: [] }) };
      if (isKept) made.push(projected);
      return projected;
    }),
    fit,
    keepEncoded,
    signal,
  });
  if (made.length >= fewestToKeep) {
    const isCurrent = async () => `${fit.version} ${keepEncoded} ${await version()}` === key;
    await writeCaseSnapshot(library, { key, entries: made, isCurrent }).catch((error: unknown) => {
      // A library that can't be written to is searched all the same.
      if (!MedRoundsError.is(error)) throw error;
    });
  }
  return index;
}

async function* projectEach(
  entries: AsyncIterable<CaseEntry>,
  project: (entry: CaseEntry) => ProjectedEntry,
): AsyncGenerator<ProjectedEntry> {
  for await (const entry of entries) yield project(entry);
}
