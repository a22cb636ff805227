import { setTimeout } from "node:timers/promises";
import { checkVector } from "../check-vector.ts";
import type { Collection, CollectionSchema, Filter } from "../collection.ts";
import { buildMemoryIndex, type MemoryIndex, type ServingLimits } from "./memory-index.ts";

/** Who answers searches, and from how much memory. */
type ServingState =
  | { type: "building" }
  | { type: "ready"; rows: number; bytes: number; seconds: number }
  | { type: "declined"; reason: string };

/** A collection whose searches are answered from memory where they can be. To be disposed; its collection stays open. */
export type ServingIndex = Collection & {
  state(): ServingState;
  /** Resolves once the building under way is done; true where searches are answered from memory now. */
  settled(): Promise<boolean>;
  [Symbol.dispose](): void;
};

const gibibyte = 2 ** 30;
const defaultLimits: ServingLimits = { rows: 2_000_000, bytes: 4 * gibibyte, columnBytes: gibibyte };

/**
 * Puts an index in memory before a collection, for processes that live long. Searches without a filter and without `exact` are
 * answered from memory: by terms with the scores of LanceDB (BM25, to float32 rounding), by vector with exact cosines of nearly all
 * the nearest. Rows that are asked for by their ids come from memory where it has all of them. Everything else, and everything while the index is built, goes to the collection, which stays the truth: its version
 * is asked for at a search, at most once in `checkEvery` milliseconds (1,000), and where it is another, the index is dropped and built
 * anew as soon as the version stands still. So a search may miss what was written in the last second. Nothing is written to disk.
 * It takes 8 bytes a posting, 5 a dimension of each vector, and what the columns take, up to the limits (2 million rows, 4 GiB, and
 * 1 GiB of columns); above them the collection goes on answering.
 */
export function openServingIndex(request: {
  collection: Collection;
  schema: CollectionSchema;
  limits?: Partial<ServingLimits>;
  checkEvery?: number;
}): ServingIndex {
  const { collection, schema, checkEvery = 1_000 } = request;
  const limits = { ...defaultLimits, ...request.limits };
  const stop = new AbortController();
  let state: ServingState = { type: "building" };
  let index: MemoryIndex | undefined;
  /** The version that the state belongs to, or that is being built. */
  let version: string | undefined;
  let building: Promise<void> | undefined;
  let checked = performance.now();
  let checking: Promise<void> | undefined;

  const build = async () => {
    for (let first = true; ; first = false) {
      const before = await collection.version();
      version = before;
      if (!first) await setTimeout(checkEvery, undefined, { ref: false, signal: stop.signal });
      if (!first && (await collection.version()) !== before) continue;
      const began = performance.now();
      const built = await buildMemoryIndex({ collection, schema, limits, signal: stop.signal });
      if ((await collection.version()) !== before) continue;
      stop.signal.throwIfAborted();
      if ("declined" in built) {
        state = { type: "declined", reason: built.declined };
      } else {
        const { rows, bytes } = built;
        index = built;
        state = { type: "ready", rows, bytes, seconds: (performance.now() - began) / 1_000 };
      }
      return;
    }
  };
  const startBuilding = () => {
    index = undefined;
    state = { type: "building" };
    building = build()
      .catch((error: unknown) => {
        // The store answers, and tells its own errors; a change of the collection tries again.
        if (stop.signal.aborted) return;
        state = { type: "declined", reason: error instanceof Error ? error.message : String(error) };
      })
      .finally(() => {
        building = undefined;
        checked = performance.now();
      });
  };
  const check = async () => {
    const found = await collection.version();
    checked = performance.now();
    if (!building && found !== version && !stop.signal.aborted) startBuilding();
  };
  const current = async () => {
    if (!building && performance.now() - checked >= checkEvery) {
      checking ??= check().finally(() => {
        checking = undefined;
      });
      await checking;
    }
    return index;
  };
  startBuilding();

  return {
    count: (filter) => collection.count(filter),
    async find(search) {
      const ids = idsOf(search.filter);
      const memory = ids && (await current());
      return (ids && memory?.find(ids, search.columns)) ?? collection.find(search);
    },
    insert: (rows, options) => collection.insert(rows, options),
    replace: (change) => collection.replace(change),
    remove: (filter) => collection.remove(filter),
    scan: (search) => collection.scan(search),
    version: () => collection.version(),
    optimize: (options) => collection.optimize(options),
    async searchTerms(search) {
      const memory = search.filter ? undefined : await current();
      if (!memory || search.top < 1) return collection.searchTerms(search);
      return memory.rowsOf(memory.searchTerms(search.query, search.top), search.columns);
    },
    async searchVector(search) {
      const memory = search.filter || (search.exact ?? schema.vector?.exact) ? undefined : await current();
      if (!memory || search.top < 1) return collection.searchVector(search);
      checkVector({ vector: search.vector, dimension: schema.vector?.dimension ?? 0, owner: "the query" });
      return memory.rowsOf(memory.searchVector(search.vector, search.top), search.columns);
    },
    state: () => state,
    settled: async () => {
      await building;
      return index !== undefined;
    },
    [Symbol.dispose]: () => {
      stop.abort();
      index = undefined;
      state = { type: "declined", reason: "Closed." };
    },
  };
}

/** The ids that a filter names, where it names nothing else. */
function idsOf(filter: Filter): readonly string[] | undefined {
  if (filter.type === "one-of" && filter.column === "id") return filter.values;
  if (filter.type === "equals" && filter.column === "id") return [filter.value];
  return undefined;
}
