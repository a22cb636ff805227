import { passageFromRecord, readTestSet } from "#knowledge";
import type { Library } from "#library";
import { createLeakCheck, type Leak, type LeakSummary } from "#text";

/** A passage that holds test questions. */
type LeakingPassage = { passage: string; corpus: string; title: string; leaks: Leak[] };

/** What a library's passages hold of test sets. */
export type LibraryOverlap = {
  library: string;
  passages: number;
  maximum: number;
  testSets: LeakSummary[];
  /** In the order of their ids. */
  leaking: LeakingPassage[];
  seconds: number;
};

/**
 * Compares all passages of a library, their titles with them, with the questions of test sets. Memory depends on the questions and
 * on what is found, not on the library. Throws as `readTestSet` does, and the signal's reason.
 */
export async function reportLibraryOverlap(request: {
  library: Library;
  testSets: readonly string[];
  maximum: number;
  onProgress?: (progress: { items: number; share: number; refused: number }) => void;
  signal?: AbortSignal;
}): Promise<LibraryOverlap> {
  const { library, testSets, maximum, onProgress, signal } = request;
  const began = performance.now();
  const questions = [];
  for (const file of testSets) questions.push(...(await readTestSet(file, signal)));
  const leakCheck = createLeakCheck(questions, { maximum });
  const total = await library.passages.count();
  const leaking: LeakingPassage[] = [];
  let passages = 0;
  for await (const batch of library.passages.scan({ columns: ["record"] })) {
    for (const { row } of batch) {
      const { id, corpus, title, text } = passageFromRecord(row.record ?? "");
      const leaks = leakCheck.check(`${title}\n\n${text}`);
      if (leaks.length > 0) leaking.push({ passage: id, corpus, title, leaks });
      passages++;
    }
    signal?.throwIfAborted();
    onProgress?.({ items: passages, share: passages / Math.max(1, total), refused: 0 });
  }
  leaking.sort((a, b) => (a.passage < b.passage ? -1 : 1));
  return {
    library: library.folder,
    passages,
    maximum,
    testSets: leakCheck.summarize(),
    leaking,
    seconds: (performance.now() - began) / 1000,
  };
}
