import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MedRoundsError } from "#contracts";
import {
  compareRuns,
  type PassageRetriever,
  type RetrievalRun,
  type RetrievalSet,
  type RunComparison,
  readBeir,
  runRetrieval,
} from "#evaluation";
import { addToLibrary, type Library } from "#library";
import { embedLibraryFrom } from "./embed-library.ts";
import { openLibraryAt } from "./open-library.ts";
import { type LibrarySearch, openPassageSearch } from "./open-passage-search.ts";
import { readRetrieverName } from "./retriever-name.ts";

/** How far an evaluation is: documents added, passages embedded or queries run, and the share (0–1) of all of them. */
type EvaluationProgress = { stage: "adding" | "embedding" | "searching"; items: number; share: number };

export type RetrievalEvaluation = {
  set: {
    name: string;
    qrels: string;
    documents: number;
    passages: number;
    /** Whose vectors the dense legs search. */
    embedders: string[];
    /** Documents that the library refused, such as one without a text; they can't be found. */
    refusedDocuments: number;
    missingDocuments: number;
    queries: number;
    queriesWithoutRelevant: number;
  };
  runs: RetrievalRun[];
  /** Each further retriever against the first. */
  comparisons: RunComparison[];
};

type EvaluationRequest = {
  /** The folder of a data set in the form of BEIR. */
  folder: string;
  /** Names of retrievers, as "bm25" and "hybrid+rerank". */
  retrievers: readonly string[];
  /** Sources of the embedders that embed the corpus. */
  embedders?: readonly string[];
  /** The source of the reranker that the retrievers named with "+rerank" use. */
  reranker?: string;
  /** Documents that count, for the metrics without a cutoff of their own. */
  top: number;
  /** A folder in which the library is kept for the next time; a temporary one unless named. */
  library?: string;
  signal?: AbortSignal;
  onProgress?: (progress: EvaluationProgress) => void;
};

/**
 * Evaluates retrievers on a data set: its corpus is added to a library in the ordinary way, then every judged query is run.
 * Throws `usage-invalid` for a retriever that there is none of and for a library that holds other corpora, and the errors of
 * reading the data set and the library.
 */
export async function evaluateRetrieval(request: EvaluationRequest): Promise<RetrievalEvaluation> {
  for (const name of request.retrievers) requireModels(name, request);
  const set = await readBeir(request.folder, request.signal);
  if (request.library !== undefined) return evaluateIn(request.library, { request, set });
  const temporary = await mkdtemp(join(tmpdir(), "medrounds-evaluation-"));
  try {
    return await evaluateIn(join(temporary, "library"), { request, set });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** What is missing is better told before the corpus is added. A library that is kept may have vectors already. */
function requireModels(name: string, { embedders = [], reranker, library }: EvaluationRequest): void {
  const { retriever, rerank } = readRetrieverName(name);
  if (rerank && reranker === undefined) {
    throw new MedRoundsError("usage-invalid", `${name} needs a reranker (--reranker SOURCE).`);
  }
  if (retriever.legs.includes("vectors") && embedders.length === 0 && library === undefined) {
    throw new MedRoundsError("usage-invalid", `${name} needs an embedder (--embedder SOURCE).`);
  }
}

async function evaluateIn(
  folder: string,
  prepared: { request: EvaluationRequest; set: RetrievalSet },
): Promise<RetrievalEvaluation> {
  const { request, set } = prepared;
  const { top, signal, onProgress, embedders = [], reranker, retrievers } = request;
  using library = await openLibraryAt(folder, { create: true });
  const refusedDocuments = await fillLibrary({ library, set, request });
  for (const source of embedders) {
    const report = await embedLibraryFrom({
      library,
      source,
      ...(signal ? { signal } : {}),
      onProgress: (progress) => onProgress?.({ stage: "embedding", ...progress }),
    });
    if (report.interrupted) signal?.throwIfAborted();
  }
  const total = retrievers.length * set.queries.length;
  const runs: RetrievalRun[] = [];
  for (const name of retrievers) {
    const before = runs.length * set.queries.length;
    await using search = await openPassageSearch({
      library,
      retriever: name,
      ...(embedders.length > 0 ? { embedders } : {}),
      ...(reranker !== undefined && readRetrieverName(name).rerank ? { reranker } : {}),
    });
    const run = await runRetrieval({
      retriever: toPort(search),
      queries: set.queries,
      top,
      ...(signal ? { signal } : {}),
      onProgress: (done) =>
        onProgress?.({ stage: "searching", items: before + done, share: (before + done) / total }),
    });
    runs.push(run);
  }
  const [first, ...others] = runs;
  return {
    set: {
      name: set.name,
      qrels: set.qrelsFile,
      documents: set.documents,
      passages: await library.passages.count(),
      embedders: library.textVectors.map(({ embedder }) => embedder.id),
      refusedDocuments,
      missingDocuments: set.missingDocuments,
      queries: set.queries.length,
      queriesWithoutRelevant: set.queriesWithoutRelevant,
    },
    runs,
    comparisons: first ? others.map((second) => compareRuns({ first, second })) : [],
  };
}

function toPort(search: LibrarySearch): PassageRetriever {
  return {
    name: search.name,
    search: async ({ query, top, signal }) => {
      const [hits = []] = await search.search({ queries: [query], top, ...(signal ? { signal } : {}) });
      return hits.map(({ passage, score }) => ({ document: passage.source.document, score }));
    },
  };
}

/** Adds the corpus and resolves to the number of documents refused. Other corpora would take part in the ranking. */
async function fillLibrary(filling: {
  library: Library;
  set: RetrievalSet;
  request: EvaluationRequest;
}): Promise<number> {
  const { library, set } = filling;
  const { signal, onProgress } = filling.request;
  if (library.manifest.corpora.some((corpus) => corpus !== set.name)) {
    throw new MedRoundsError(
      "usage-invalid",
      `The library holds other corpora than ${set.name}; name one of its own for this data set.`,
      { library: library.folder },
    );
  }
  const report = await addToLibrary({
    library,
    paths: [set.corpusFile],
    corpus: set.name,
    replace: true,
    ...(signal ? { signal } : {}),
    onProgress: ({ items, share }) => onProgress?.({ stage: "adding", items, share }),
  });
  if (report.interrupted) signal?.throwIfAborted();
  return report.refused.length;
}
