import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type CollectionSchema, openLanceStore, openServingIndex } from "#store";
import { type Figure, time } from "./measure.ts";
import { leastDisturbed, runPeer } from "./peers.ts";
import type { TextsWithVectors } from "./texts-with-vectors.ts";

const top = 10;
const batchSize = 10_000;

/**
 * One query at a time, top 10: the serving index and LanceDB, beside FAISS flat and FAISS HNSW at the same
 * recall or the next above it that was measured. Of several rounds before and after the peers' the one with the least median counts.
 */
export async function vectorsBesideFaiss(given: TextsWithVectors & { folder: string }): Promise<Figure[]> {
  const { vectors, questionVectors, dimension, folder } = given;
  const count = vectors.length / dimension;
  const questions = questionVectors.length / dimension;
  const schema: CollectionSchema = {
    name: "vectors",
    text: [],
    keys: [],
    vector: { column: "vector", dimension },
  };
  const store = await openLanceStore(join(folder, "vectors"));
  const collection = await store.open(schema);
  for (let start = 0; start < count; start += batchSize) {
    const rows = Array.from({ length: Math.min(batchSize, count - start) }, (_, index) => ({
      id: String(start + index),
      vector: vectors.subarray((start + index) * dimension, (start + index + 1) * dimension),
    }));
    await collection.insert(rows);
  }
  const began = performance.now();
  await collection.optimize();
  const optimized = (performance.now() - began) / 1000;
  using index = openServingIndex({ collection, schema });
  await index.settled();
  const state = index.state();

  const question = (at: number) => {
    const start = (at % questions) * dimension;
    return questionVectors.subarray(start, start + dimension);
  };
  const search = async (searched: typeof collection, at: number, exact = false) => {
    const hits = await searched.searchVector({ vector: question(at), top, columns: [], exact });
    return hits.map(({ row }) => row.id);
  };
  const truth = await gather(questions, (at) => search(collection, at, true));
  const recall = async (searched: typeof collection) => {
    const found = await gather(questions, (at) => search(searched, at));
    const right = found.map((ids, at) => ids.filter((id) => truth[at]?.includes(id)).length);
    return right.reduce((sum, hits) => sum + hits, 0) / (questions * top);
  };
  const measured = async (searched: typeof collection) =>
    leastDisturbed(
      await time((at) => search(searched, at), { runs: questions, warmup: 20 }),
      await time((at) => search(searched, at), { runs: questions }),
    );
  const before = await measured(index);
  const stored = { ...(await measured(collection)), recall: await recall(collection) };

  const files = { vectors: join(folder, "vectors.f32"), queries: join(folder, "queries.f32") };
  await writeFile(files.vectors, vectors);
  await writeFile(files.queries, questionVectors);
  const peers = await runPeer("faiss_search.py", files.vectors, files.queries, String(dimension));
  const own = { ...leastDisturbed(before, await measured(index)), recall: await recall(index) };
  store.close();
  for (const peer of peers) console.log(JSON.stringify(peer));
  console.log(JSON.stringify({ name: "serving index", ...own, state }));
  console.log(JSON.stringify({ name: "LanceDB", ...stored, buildSeconds: optimized }));
  const flat = peers[0];
  const graph =
    peers.find(({ name, recall: reached = 0 }) => name.includes("HNSW") && reached >= own.recall) ??
    peers.at(-1);
  if (!flat || !graph) throw new Error("FAISS printed no figures.");
  const what = (name: string, reached: number) =>
    `${name}, ${count} × ${dimension}, recall ${reached.toFixed(3)}`;
  return [
    {
      what: what("vector search in memory", own.recall),
      value: own.median,
      unit: "ms",
      target: "≤ 1.5 × peer",
      peer: { name: `${graph.name}, recall ${graph.recall?.toFixed(3)}`, value: graph.median },
    },
    {
      what: what("vector search in memory", own.recall),
      value: own.median,
      unit: "ms",
      target: "≤ 0.2 × peer",
      peer: { name: flat.name, value: flat.median },
    },
    {
      what: what("vector search in LanceDB", stored.recall),
      value: stored.median,
      unit: "ms",
      target: "",
      peer: { name: flat.name, value: flat.median },
    },
  ];
}

async function gather<Result>(count: number, work: (at: number) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < count; at++) results.push(await work(at));
  return results;
}
