/**
 * Chooses how words and meaning are fused, and measures what came of it. Choosing looks at the even half of BioASQ's questions alone
 * (those whose id has a SHA-256 that begins with an even byte); measuring at its odd half, at LiveQA and at SciFact. Also measures the
 * expansion of queries by the synonyms of an ontology. Needs ../shared/data and an embedder:
 *
 *   node --conditions=medrounds-source bench/quality-retrieval.ts onnx:FOLDER [folder in which the libraries are kept]
 */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addToLibrary, embedLibraryFrom, type Library, openLibraryAt } from "#assembly";
import { compareRuns, type PassageRetriever, type RetrievalSet, readBeir, runRetrieval } from "#evaluation";
import {
  createPassageSearch,
  fuseByRank,
  fuseByScore,
  passageFromRecord,
  type Retriever,
  readSynonyms,
  retrievers,
  type TextEmbedder,
} from "#knowledge";
import { createTextEmbedder } from "#models";
import { sha256 } from "#platform";
import type { Collection } from "#store";

const data = join(import.meta.dirname, "../../shared/data");
const [source, kept] = process.argv.slice(2);
if (source === undefined) throw new Error("Name the source of an embedder, such as onnx:FOLDER.");
const folder = kept ?? (await mkdtemp(join(tmpdir(), "medrounds-quality-")));
await using embedder = await createTextEmbedder({ source });

/** Queries are run by many retrievers; each search of the store and each embedding is made once. */
const remembered = new WeakMap<Collection, Collection>();
function remember(collection: Collection): Collection {
  const known = remembered.get(collection);
  if (known) return known;
  const terms = new Map<string, ReturnType<Collection["searchTerms"]>>();
  const near = new Map<string, ReturnType<Collection["searchVector"]>>();
  const made: Collection = {
    ...collection,
    searchTerms: (request) => once(terms, JSON.stringify(request), () => collection.searchTerms(request)),
    searchVector: (request) =>
      once(near, JSON.stringify([request.top, ...request.vector.slice(0, 8)]), () =>
        collection.searchVector(request),
      ),
  };
  remembered.set(collection, made);
  return made;
}
const queryVectors = new Map<string, ReturnType<TextEmbedder["embedQueries"]>>();
const rememberingEmbedder: TextEmbedder = {
  ...embedder,
  embedQueries: (queries) => once(queryVectors, queries.join("\n"), () => embedder.embedQueries(queries)),
};
function once<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

const isEven = (id: string) => Number.parseInt(sha256(id).slice(0, 2), 16) % 2 === 0;
const weights = (vectors: number) => ({ terms: Number((1 - vectors).toFixed(2)), vectors });
const legs = ["terms", "vectors"] as const;
const depth = (top: number) => Math.max(2 * top, 200);

/** Every form of fusion that was thought of, to be chosen from on the even half. */
const candidates: Retriever[] = [0.2, 0.3, 0.4, 0.5, 0.6].flatMap((share) => [
  ...[5, 20, 60, 100].map((constant) => ({
    name: `ranks, constant ${constant}, vectors ${share}`,
    description: "",
    legs,
    depth,
    fuse: (lists: Parameters<Retriever["fuse"]>[0]) =>
      fuseByRank(lists, { constant, weights: weights(share) }),
  })),
  {
    name: `scores, vectors ${share}`,
    description: "",
    legs,
    depth,
    fuse: (lists) => fuseByScore(lists, { weights: weights(share) }),
  },
]);

const bioasq = await prepare("ir_bioasq");
console.log("Chosen from, on the even half of BioASQ: nDCG@10");
const even = bioasq.set.queries.filter(({ id }) => isEven(id));
const tried = [];
for (const retriever of [...retrievers, ...candidates]) {
  const run = await measure({ ...bioasq, queries: even, retriever });
  tried.push({ name: retriever.name, mean: run.metrics[0]?.mean ?? 0 });
}
tried.sort((a, b) => b.mean - a.mean);
for (const { name, mean } of tried) console.log(`  ${mean.toFixed(4)}  ${name}`);

const ontology = await openLibraryAt(join(folder, "ontology"), { create: true });
await addToLibrary({ library: ontology, paths: [join(data, "kb_ontology/manifest.jsonl.gz")] });
const rows = await Array.fromAsync(ontology.passages.scan({ columns: ["record"] }));
const synonyms = await readSynonyms(rows.flat().map(({ row }) => passageFromRecord(row.record ?? "")));
ontology[Symbol.dispose]();

const odd = bioasq.set.queries.filter(({ id }) => !isEven(id));
await report("BioASQ, even half (chosen on)", { ...bioasq, queries: even });
await report("BioASQ, odd half", { ...bioasq, queries: odd });
for (const name of ["ir_liveqa_medquad", "ir_scifact"]) {
  const prepared = await prepare(name);
  await report(name, { ...prepared, queries: prepared.set.queries });
  prepared.library[Symbol.dispose]();
}
bioasq.library[Symbol.dispose]();

type Prepared = { library: Library; set: RetrievalSet };

async function prepare(name: string): Promise<Prepared> {
  const set = await readBeir(join(data, name));
  const library = await openLibraryAt(join(folder, name), { create: true });
  await addToLibrary({ library, paths: [set.corpusFile], corpus: set.name });
  await embedLibraryFrom({ library, source: source as string });
  return { library, set };
}

type Measured = Prepared & { queries: RetrievalSet["queries"] };

async function measure(
  request: Measured & { retriever: Retriever; expand?: boolean },
): ReturnType<typeof runRetrieval> {
  const { library, queries, retriever, expand = false } = request;
  const search = createPassageSearch({
    retriever,
    passages: remember(library.passages),
    vectors: library.textVectors.map(({ collection }) => ({
      embedder: rememberingEmbedder,
      collection: remember(collection),
    })),
    corpora: library.manifest.corpora,
    ...(expand ? { synonyms } : {}),
  });
  const port: PassageRetriever = {
    name: search.name,
    search: async ({ query, top }) => {
      const [hits = []] = await search.search({ queries: [query], top });
      return hits.map(({ passage, score }) => ({ document: passage.source.document, score }));
    },
  };
  return runRetrieval({ retriever: port, queries, top: 100 });
}

async function report(title: string, measured: Measured): Promise<void> {
  const [bm25, ...others] = retrievers;
  if (!bm25) return;
  const first = await measure({ ...measured, retriever: bm25 });
  console.log(`\n${title}: ${measured.queries.length} queries`);
  const runs = [first, await measure({ ...measured, retriever: bm25, expand: true })];
  for (const retriever of others) runs.push(await measure({ ...measured, retriever }));
  for (const second of runs) {
    const means = second.metrics.map(
      ({ metric, mean, interval }) => `${metric} ${mean.toFixed(4)} (${showInterval(interval)})`,
    );
    console.log(`  ${second.retriever.padEnd(14)} ${means.join("  ")}`);
    const [ndcg] = compareRuns({ first, second }).metrics;
    if (second === first || !ndcg) continue;
    const { difference, interval, pValue } = ndcg;
    console.log(
      `  ${"".padEnd(14)} from bm25: nDCG@10 ${difference.toFixed(4)} (${showInterval(interval)}), p = ${pValue.toFixed(4)}`,
    );
  }
}

function showInterval(interval: readonly [number, number] | null): string {
  return interval === null ? "–" : interval.map((end) => end.toFixed(4)).join(" to ");
}
