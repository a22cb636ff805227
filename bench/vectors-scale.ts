/**
 * Measures the embedded store from ten thousand to a million vectors: time to build, most memory, disk, latency and recall@10
 * beside the exact search of the same store. Prints one JSON line a size.
 *
 *   node --conditions=medrounds-source bench/vectors-scale.ts [--sizes 10000,100000] [--queries 100]
 *     [--vectors FILE --dimension 384]
 *
 * `--vectors` names raw little-endian float32 numbers, unit vectors one after the other: the last `--queries` of them are the
 * queries. Without it the vectors are made (see vectors-hard.ts). Each size runs in a process of its own, so that its memory is
 * its own; the tables lie in the folder for temporary files.
 */
import { spawnSync } from "node:child_process";
import { mkdtemp, open, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { quantile } from "#statistics";
import { openLanceStore } from "#store";
import { createHardVectors, hardClusters } from "./vectors-hard.ts";

const batchSize = 20_000;
const top = 10;

const { values: options } = parseArgs({
  options: {
    sizes: { type: "string", default: "10000,100000,1000000" },
    queries: { type: "string", default: "100" },
    vectors: { type: "string" },
    dimension: { type: "string", default: "384" },
    "one-size": { type: "string" },
  },
});
const dimension = Number(options.dimension);
const queryCount = Number(options.queries);

if (options["one-size"] === undefined) {
  for (const size of options.sizes.split(",")) {
    const own = [...process.execArgv, import.meta.filename, ...process.argv.slice(2), "--one-size", size];
    const { status } = spawnSync(process.execPath, own, { stdio: "inherit" });
    if (status !== 0) process.exit(status ?? 1);
  }
} else {
  console.log(JSON.stringify(await measure(Number(options["one-size"]))));
}

type Source = { next(count: number): Promise<Float32Array>; queries(): Promise<Float32Array> };

async function openSource(rows: number): Promise<Source> {
  if (options.vectors === undefined) {
    const clusters = hardClusters(rows);
    const make = createHardVectors({ dimension, clusters, seed: 1 });
    return { next: async (count) => make(count), queries: async () => make(queryCount) };
  }
  const file = await open(options.vectors);
  const bytes = dimension * Float32Array.BYTES_PER_ELEMENT;
  const held = (await file.stat()).size / bytes;
  if (held < rows + queryCount)
    throw new Error(`${options.vectors} holds ${held} vectors; ${rows} are asked for.`);
  const read = async (first: number, count: number) => {
    const vectors = new Float32Array(count * dimension);
    await file.read(new Uint8Array(vectors.buffer), 0, vectors.byteLength, first * bytes);
    return vectors;
  };
  let first = 0;
  return {
    next: async (count) => {
      first += count;
      return read(first - count, count);
    },
    queries: () => read(held - queryCount, queryCount),
  };
}

async function measure(rows: number): Promise<Record<string, string | number>> {
  const folder = await mkdtemp(join(tmpdir(), "medrounds-scale-"));
  try {
    const store = await openLanceStore(folder);
    const vector = { column: "vector", dimension };
    const collection = await store.open({ name: "vectors", text: [], keys: [], vector });
    const source = await openSource(rows);
    let insertSeconds = 0;
    for (let first = 0; first < rows; first += batchSize) {
      const count = Math.min(batchSize, rows - first);
      const vectors = await source.next(count);
      const batch = Array.from({ length: count }, (_, index) => ({
        id: `v${first + index}`,
        vector: vectors.subarray(index * dimension, (index + 1) * dimension),
      }));
      insertSeconds += await seconds(() => collection.insert(batch));
    }
    const optimizeSeconds = await seconds(() => collection.optimize());
    const all = await source.queries();
    const queries = Array.from({ length: queryCount }, (_, at) =>
      all.subarray(at * dimension, (at + 1) * dimension),
    );
    const search = (exact: boolean) =>
      timed(queries, (query) => collection.searchVector({ vector: query, top, columns: [], exact }));
    await search(false);
    const indexed = await search(false);
    const exact = await search(true);
    store.close();
    return {
      vectors: options.vectors === undefined ? "synthetic" : "file",
      rows,
      dimension,
      insertSeconds,
      optimizeSeconds,
      peakMemoryMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
      diskMegabytes: Math.round((await diskBytes(folder)) / 1e6),
      medianMilliseconds: quantile(indexed.times, 0.5),
      p95Milliseconds: quantile(indexed.times, 0.95),
      exactMedianMilliseconds: quantile(exact.times, 0.5),
      recallAt10: recall(indexed.found, exact.found),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

type Hits = readonly { row: { id: string } }[];

async function timed(queries: readonly Float32Array[], search: (query: Float32Array) => Promise<Hits>) {
  const times: number[] = [];
  const found: Hits[] = [];
  for (const query of queries) {
    const began = performance.now();
    found.push(await search(query));
    times.push(performance.now() - began);
  }
  return { times, found };
}

function recall(found: readonly Hits[], truth: readonly Hits[]): number {
  let hits = 0;
  truth.forEach((expected, query) => {
    const ids = new Set(found[query]?.map(({ row }) => row.id));
    hits += expected.filter(({ row }) => ids.has(row.id)).length;
  });
  return hits / (truth.length * top);
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1_000;
}

async function diskBytes(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = files
    .filter((file) => file.isFile())
    .map(async (file) => (await stat(join(file.parentPath, file.name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
