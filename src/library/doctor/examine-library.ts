import { MedRoundsError } from "#contracts";
import type { Library } from "../library.ts";
import { readSimilarity } from "../similarity.ts";
import { checkCases } from "./check-cases.ts";
import { checkFiles } from "./check-files.ts";
import { type CorpusCounts, checkPassages } from "./check-passages.ts";
import { checkVectors } from "./check-vectors.ts";
import { createProblemList, type Problem, type ProblemList } from "./problems.ts";

/** What a doctor found. `sound` says that nothing is broken; what is harmless may be there all the same. */
export type Examination = {
  library: string;
  sound: boolean;
  passages: number;
  cases: number;
  corpora: { name: string; passages: number; cases: number }[];
  problems: Problem[];
};

/** How far an examination is: rows read, and the share (0–1) of all. */
export type ExaminationProgress = { items: number; share: number };

/**
 * Reads all of a library and tells what is wrong with it: manifest and tables, documents with gaps, cases without their image,
 * vectors, and left-overs of commands that were interrupted. Writes nothing. What the library holds is never held in memory, but for
 * one number an image. Throws the signal's reason, and nothing for a library that can't be opened: that is a finding.
 */
export async function examineLibrary(request: {
  folder: string;
  /** Opens the library; throws as `openLibrary` does. */
  open: () => Promise<Library>;
  signal?: AbortSignal;
  onProgress?: (progress: ExaminationProgress) => void;
}): Promise<Examination> {
  const { folder, open, signal, onProgress } = request;
  const problems = createProblemList();
  let counts: Counts = { passages: new Map(), cases: new Map(), names: [] };
  try {
    using library = await open();
    await checkFiles(folder, problems);
    counts = await checkRows({ library, problems, ...(signal ? { signal } : {}), onProgress });
  } catch (error) {
    if (signal?.aborted || !MedRoundsError.is(error)) throw error;
    problems.note("library-unreadable", undefined, { message: error.message, cure: error.cure });
  }
  const corpora = corporaOf(counts, problems);
  const list = problems.list();
  return {
    library: folder,
    sound: list.every(({ severity }) => severity === "harmless"),
    passages: sum(counts.passages),
    cases: sum(counts.cases),
    corpora,
    problems: list,
  };
}

type Counts = { passages: CorpusCounts; cases: CorpusCounts; names: readonly string[] };

async function checkRows(request: {
  library: Library;
  problems: ProblemList;
  signal?: AbortSignal;
  onProgress: ((progress: ExaminationProgress) => void) | undefined;
}): Promise<Counts> {
  const { library, problems, signal, onProgress } = request;
  const { passages, cases, textVectors, imageVectors, manifest } = library;
  const total = (await passages.count()) + (await cases.count());
  let items = 0;
  const onBatch = (rows: number) => {
    items += rows;
    onProgress?.({ items, share: total === 0 ? 1 : items / total });
    signal?.throwIfAborted();
  };
  const counts = {
    passages: await checkPassages({ passages, textVectors, problems, onBatch }),
    cases: await checkCases({ library, problems, onBatch }),
    names: manifest.corpora,
  };
  for (const vectors of textVectors)
    await checkVectors({ vectors, of: "passages", items: passages, problems });
  for (const vectors of imageVectors) await checkVectors({ vectors, of: "cases", items: cases, problems });
  await checkSimilarity(library, problems);
  return counts;
}

async function checkSimilarity(library: Library, problems: ProblemList): Promise<void> {
  if ((await library.cases.count()) === 0) return;
  const { type } = await readSimilarity(library);
  if (type !== "fitted") problems.note(`similarity-${type}`);
}

function corporaOf({ passages, cases, names }: Counts, problems: ProblemList): Examination["corpora"] {
  const found = new Set([...names, ...passages.keys(), ...cases.keys()]);
  return [...found].map((name) => {
    const corpus = { name, passages: passages.get(name) ?? 0, cases: cases.get(name) ?? 0 };
    if (!names.includes(name)) problems.note("corpus-unnamed", name);
    else if (corpus.passages + corpus.cases === 0) problems.note("corpus-empty", name);
    return corpus;
  });
}

function sum(counts: CorpusCounts): number {
  return counts.values().reduce((total, count) => total + count, 0);
}
