import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Collection, CollectionSchema, Row, Store } from "../collection.ts";
import { openLanceStore } from "../lancedb.ts";
import { openServingIndex } from "./serving-index.ts";

const schema: CollectionSchema = {
  name: "things",
  text: ["owner", "record"],
  keys: [],
  terms: "words",
  vector: { column: "vector", dimension: 8 },
};
const organs = ["lung", "heart", "kidney", "pleura", "spleen"];

let folder: string;
let store: Store;
let things: Collection;

const row = (n: number): Row => ({
  id: `r${n}`,
  owner: n % 2 ? "x" : "y",
  record: `record of ${n}`,
  words: `${organs[n % 5]} ${organs[(n * n) % 5]} finding ${n % 17}`,
  vector: Float32Array.from({ length: 8 }, (_, at) => Math.sin(n * (at + 1))),
});
const rows = (count: number) => Array.from({ length: count }, (_, n) => row(n));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-serving-"));
  store = await openLanceStore(folder);
  things = await store.open(schema);
});
afterEach(async () => {
  store.close();
  await rm(folder, { recursive: true });
});

/** The collection, counting what its own searches are asked. */
function watched(collection: Collection) {
  const asked = { terms: 0, vector: 0, find: 0 };
  const watching: Collection = {
    ...collection,
    searchTerms: (request) => {
      asked.terms++;
      return collection.searchTerms(request);
    },
    searchVector: (request) => {
      asked.vector++;
      return collection.searchVector(request);
    },
    find: (request) => {
      asked.find++;
      return collection.find(request);
    },
  };
  return { collection: watching, asked };
}

describe("a serving index", () => {
  it("answers from memory what the store would answer", async () => {
    await things.insert(rows(500));
    await things.optimize();
    const { collection, asked } = watched(things);
    using serving = openServingIndex({ collection, schema });
    expect(await serving.settled()).toBe(true);
    expect(serving.state()).toMatchObject({ type: "ready", rows: 500 });
    const columns = ["record", "owner"];
    for (const query of ["lung", "heart findings 3", "the pleura of the kidneys", "16 16 spleen"]) {
      const found = await serving.searchTerms({ query, top: 20, columns });
      const expected = await things.searchTerms({ query, top: 20, columns });
      expect(found.map((hit) => hit.row)).toEqual(expected.map((hit) => hit.row));
      for (const [at, hit] of found.entries()) expect(hit.score).toBeCloseTo(expected[at]?.score ?? 0, 4);
    }
    const vector = Float32Array.from({ length: 8 }, (_, at) => Math.cos(at));
    const found = await serving.searchVector({ vector, top: 20, columns });
    const expected = await things.searchVector({ vector, top: 20, columns });
    expect(found.map((hit) => hit.row)).toEqual(expected.map((hit) => hit.row));
    for (const [at, hit] of found.entries()) expect(hit.score).toBeCloseTo(expected[at]?.score ?? 0, 5);
    expect(asked).toEqual({ terms: 0, vector: 0, find: 0 });
  });

  it("leaves filters, exact searches and what it can't hold to the store", async () => {
    await things.insert(rows(50));
    const { collection, asked } = watched(things);
    using serving = openServingIndex({ collection, schema, limits: { columnBytes: 0 } });
    await serving.settled();
    const filter = { type: "equals", column: "owner", value: "x" } as const;
    const vector = new Float32Array(8).fill(1);
    await serving.searchTerms({ query: "lung", top: 3, columns: [], filter });
    await serving.searchVector({ vector, top: 3, columns: [], filter });
    await serving.searchVector({ vector, top: 3, columns: [], exact: true });
    expect(asked).toEqual({ terms: 1, vector: 2, find: 0 });
    const [hit] = await serving.searchTerms({ query: "lung", top: 1, columns: ["record"] });
    expect(hit?.row).toEqual({ id: hit?.row.id, record: `record of ${hit?.row.id.slice(1)}` });
    expect(asked).toEqual({ terms: 1, vector: 2, find: 1 });
    await expect(
      serving.searchVector({ vector: new Float32Array(3), top: 1, columns: [] }),
    ).rejects.toMatchObject({ code: "vector-invalid" });
  });

  it("finds rows by their ids in memory, each once, and leaves ids that it does not know to the store", async () => {
    await things.insert(rows(50));
    const { collection, asked } = watched(things);
    using serving = openServingIndex({ collection, schema, checkEvery: 60_000 });
    await serving.settled();
    const find = (...values: string[]) =>
      serving.find({ filter: { type: "one-of", column: "id", values }, columns: ["record"] });
    expect(await find("r7", "r3", "r7")).toEqual([
      { id: "r7", record: "record of 7" },
      { id: "r3", record: "record of 3" },
    ]);
    const filter = { type: "equals", column: "id", value: "r7" } as const;
    expect(await serving.find({ filter, columns: ["owner"] })).toEqual([{ id: "r7", owner: "x" }]);
    expect(asked.find).toBe(0);
    await things.insert([row(77)]);
    expect(await find("r77")).toEqual([{ id: "r77", record: "record of 77" }]);
    expect(asked.find).toBe(1);
    const columns = ["id", "words"];
    expect((await serving.find({ filter, columns }))[0]).toMatchObject({ id: "r7", words: row(7).words });
    await serving.find({ filter: { type: "equals", column: "owner", value: "x" }, columns: ["record"] });
    expect(asked.find).toBe(3);
  });

  it("has the store answer until it is built, and after a change until it is built anew", async () => {
    await things.insert(rows(50));
    await things.optimize();
    const { collection, asked } = watched(things);
    using serving = openServingIndex({ collection, schema, checkEvery: 0 });
    const search = { query: "zork", top: 3, columns: [] };
    expect(await serving.searchTerms(search)).toEqual([]);
    expect(asked.terms).toBe(1);
    await serving.settled();
    expect(await serving.searchTerms(search)).toEqual([]);
    expect(asked.terms).toBe(1);
    await serving.insert([{ ...row(999), words: "zork" }]);
    expect((await serving.searchTerms(search)).map((hit) => hit.row.id)).toEqual(["r999"]);
    expect(asked.terms).toBe(2);
    expect(await serving.settled()).toBe(true);
    expect((await serving.searchTerms(search)).map((hit) => hit.row.id)).toEqual(["r999"]);
    expect(asked.terms).toBe(2);
    await serving.remove({ type: "equals", column: "id", value: "r999" });
    expect(await serving.searchTerms(search)).toEqual([]);
  });

  it.each([
    [{ rows: 49 }, "More than 49 rows."],
    [{ bytes: 100 }, "More than 100 bytes of postings, vectors and ids."],
  ])("declines a collection above its limits %j, and the store answers", async (limits, reason) => {
    await things.insert(rows(50));
    const { collection, asked } = watched(things);
    using serving = openServingIndex({ collection, schema, limits });
    expect(await serving.settled()).toBe(false);
    expect(serving.state()).toEqual({ type: "declined", reason });
    expect(await serving.searchTerms({ query: "lung", top: 3, columns: [] })).toHaveLength(3);
    expect(asked.terms).toBe(1);
  });

  it("answers nothing from nothing", async () => {
    using serving = openServingIndex({ collection: things, schema });
    expect(await serving.settled()).toBe(true);
    expect(await serving.searchTerms({ query: "lung", top: 3, columns: [] })).toEqual([]);
    const vector = new Float32Array(8).fill(1);
    expect(await serving.searchVector({ vector, top: 3, columns: [] })).toEqual([]);
  });

  it("gives other work its turn while it is built", async () => {
    await things.insert(rows(4_000));
    using serving = openServingIndex({ collection: things, schema });
    let turns = 0;
    const turning = (async () => {
      for (; serving.state().type === "building"; turns++) await setImmediate();
    })();
    await serving.settled();
    await turning;
    expect(turns).toBeGreaterThan(10);
  });

  it("goes back to the store once it is disposed", async () => {
    await things.insert(rows(50));
    const { collection, asked } = watched(things);
    const serving = openServingIndex({ collection, schema });
    await serving.settled();
    serving[Symbol.dispose]();
    expect(await serving.searchTerms({ query: "lung", top: 3, columns: [] })).toHaveLength(3);
    expect(asked.terms).toBe(1);
  });

  it("tells in its state why it could not be built", async () => {
    const collection: Collection = { ...things, count: () => Promise.reject(new Error("The disk is gone.")) };
    using serving = openServingIndex({ collection, schema });
    expect(await serving.settled()).toBe(false);
    expect(serving.state()).toEqual({ type: "declined", reason: "The disk is gone." });
  });
});

const scifact = join(import.meta.dirname, "../../../../shared/data/ir_scifact");

describe.skipIf(!existsSync(scifact))("a serving index of SciFact (needs ../shared/data)", () => {
  it("ranks as LanceDB does for every claim, with its scores", async () => {
    const read = async (file: string) =>
      (await readFile(join(scifact, file), "utf8"))
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as { _id: string; title: string; text: string });
    const abstracts: CollectionSchema = { name: "abstracts", text: [], keys: [], terms: "words" };
    const collection = await store.open(abstracts);
    const documents = await read("corpus.jsonl");
    await collection.insert(
      documents.map(({ _id, title, text }) => ({ id: _id, words: `${title}\n${text}` })),
    );
    await collection.optimize();
    using serving = openServingIndex({ collection, schema: abstracts });
    expect(await serving.settled()).toBe(true);
    for (const { text: query } of await read("queries.jsonl")) {
      const found = await serving.searchTerms({ query, top: 10, columns: [] });
      const expected = await collection.searchTerms({ query, top: 10, columns: [] });
      expect(found.map((hit) => hit.row.id)).toEqual(expected.map((hit) => hit.row.id));
      for (const [at, hit] of found.entries()) expect(hit.score).toBeCloseTo(expected[at]?.score ?? 0, 3);
    }
  });
});
