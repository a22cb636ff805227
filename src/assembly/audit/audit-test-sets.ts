import { readTestSet } from "#knowledge";
import type { Library } from "#library";
import { createLeakCheck, type Leak, type LeakSummary } from "#text";
import { libraryPassages } from "./library-items.ts";

/** A passage that holds test questions. */
type LeakingPassage = { passage: string; corpus: string; title: string; leaks: Leak[] };

/** What a library's passages hold of test sets. */
export type TestSetAudit = {
  testSets: LeakSummary[];
  /** In the order of their ids. */
  leaking: LeakingPassage[];
};

/**
 * Compares all passages of a library, their titles with them, with the questions of test sets. Memory depends on the questions and
 * on what is found, not on the library. Throws as `readTestSet` does, and the signal's reason.
 */
export async function auditTestSets(request: {
  library: Library;
  testSets: readonly string[];
  maximum: number;
  onPassage: (read: number) => void;
  signal?: AbortSignal | undefined;
}): Promise<TestSetAudit> {
  const { library, testSets, maximum, onPassage, signal } = request;
  if (testSets.length === 0) return { testSets: [], leaking: [] };
  const questions = [];
  for (const file of testSets) questions.push(...(await readTestSet(file, signal)));
  const leakCheck = createLeakCheck(questions, { maximum });
  const leaking: LeakingPassage[] = [];
  let read = 0;
  for await (const { id, corpus, title, text } of libraryPassages(library)) {
    const leaks = leakCheck.check(text);
    if (leaks.length > 0) leaking.push({ passage: id, corpus, title, leaks });
    signal?.throwIfAborted();
    onPassage(++read);
  }
  leaking.sort((a, b) => (a.passage < b.passage ? -1 : 1));
  return { testSets: leakCheck.summarize(), leaking };
}
