import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Collection, CollectionSchema, Row, Store } from "../../src/store/index.ts";

const schema: CollectionSchema = {
  name: "things",
  text: ["owner", "record"],
  keys: ["owner"],
  terms: "words",
  vector: { column: "vector", dimension: 3 },
};

/**
 * The contract of a store: every implementation passes it, each from a test file of its own. `openStore` opens what belongs to a
 * folder: the same for the same folder, another for another.
 */
export function describeStore(name: string, openStore: (folder: string) => Promise<Store>): void {
  describe(`a collection in ${name}`, () => {
    let folder: string;
    let store: Store;
    let things: Collection;

    const row = (id: string, owner: string, words: string, vector = [1, 0, 0]): Row => ({
      id,
      owner,
      record: `record of ${id}`,
      words,
      vector: new Float32Array(vector),
    });

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), "medrounds-store-"));
      store = await openStore(folder);
      things = await store.open(schema);
    });
    afterEach(async () => {
      store.close();
      await rm(folder, { recursive: true });
    });

    it("finds nothing in an empty collection, by terms, by vector and by filter", async () => {
      expect(await things.searchTerms({ query: "lung", top: 3, columns: [] })).toEqual([]);
      expect(await things.searchVector({ vector: new Float32Array([1, 0, 0]), top: 3, columns: [] })).toEqual(
        [],
      );
      expect(await things.count()).toBe(0);
      await things.optimize();
    });

    it("adds a row once, whatever the number of inserts, and keeps the first content", async () => {
      await things.insert([row("a", "x", "lung")]);
      await things.insert([row("a", "y", "heart"), row("b", "y", "heart")]);
      expect(await things.count()).toBe(2);
      const found = await things.find({
        filter: { type: "equals", column: "id", value: "a" },
        columns: ["owner"],
      });
      expect(found).toEqual([{ id: "a", owner: "x" }]);
    });

    it("adds rows that are said to be new, and finds them, beside those of before", async () => {
      await things.insert([row("a", "x", "lung")]);
      const asOf = await things.version();
      await things.insert([row("b", "x", "lung"), row("c", "y", "heart")], { areNew: true });
      const filter = { type: "equals", column: "owner", value: "x" } as const;
      const idsOf = async (request: { asOf?: string }) =>
        (await things.find({ filter, columns: [], ...request })).map(({ id }) => id).sort();
      expect(await idsOf({})).toEqual(["a", "b"]);
      expect(await idsOf({ asOf })).toContain("a");
      expect(await idsOf({ asOf: await things.version() })).toEqual(["a", "b"]);
    });

    it("puts new rows in the place of all that fit a filter, in one step", async () => {
      await things.insert([row("x#1", "x", "lung"), row("x#2", "x", "lung"), row("y", "y", "lung")]);
      await things.replace({
        rows: [row("x#1", "x", "heart")],
        filter: { type: "equals", column: "owner", value: "x" },
      });
      expect(await things.count()).toBe(2);
      expect(
        (await things.searchTerms({ query: "heart", top: 5, columns: [] })).map((hit) => hit.row.id),
      ).toEqual(["x#1"]);
    });

    it("ranks by BM25 with stems and without stop words, also rows added after the index was built", async () => {
      await things.insert([
        row("a", "x", "the effusions of the lung"),
        row("b", "x", "a heart"),
        row("c", "x", "nodule"),
      ]);
      await things.optimize();
      await things.insert([row("d", "x", "effusion effusion")]);
      const hits = await things.searchTerms({ query: "What is an effusion?", top: 5, columns: ["record"] });
      expect(hits.map((hit) => hit.row.id).sort()).toEqual(["a", "d"]);
      expect(hits[0]?.row.record).toMatch(/^record of/);
      expect(await things.searchTerms({ query: "what is the", top: 5, columns: [] })).toEqual([]);
    });

    it("puts the row with the rarer term first, with scores above 0 that fall", async () => {
      await things.insert([
        row("a", "x", "lung"),
        row("b", "x", "lung heart"),
        row("c", "x", "lung nodule, nodules"),
        row("d", "x", "lung of the lung"),
      ]);
      const hits = await things.searchTerms({ query: "a nodule in the lung", top: 3, columns: [] });
      expect(hits.map((hit) => hit.row.id)).toEqual(["c", "d", "a"]);
      const scores = hits.map((hit) => hit.score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
      expect(scores.at(-1)).toBeGreaterThan(0);
    });

    it("builds its index once when the first searches come at the same time", async () => {
      await things.insert([row("a", "x", "lung nodule")]);
      const search = () => things.searchTerms({ query: "lung", top: 1, columns: [] });
      const found = await Promise.all([search(), search(), search()]);
      expect(found.map((hits) => hits.length)).toEqual([1, 1, 1]);
    });

    it("takes a query as plain words, whatever signs of query languages it holds", async () => {
      await things.insert([row("a", "x", "lung nodule")]);
      for (const query of [
        '"lung',
        "lung AND (",
        "words:lung",
        "lung* ~2 ^4",
        "'; DROP TABLE things; --",
        "\u0000lung",
      ]) {
        const hits = await things.searchTerms({ query, top: 5, columns: [] });
        expect(hits.length, query).toBeLessThanOrEqual(1);
      }
    });

    it("ranks by exact cosine", async () => {
      await things.insert([
        row("a", "x", "a", [1, 0, 0]),
        row("b", "x", "b", [0.6, 0.8, 0]),
        row("c", "x", "c", [0, 0, 1]),
      ]);
      const hits = await things.searchVector({ vector: new Float32Array([1, 0, 0]), top: 2, columns: [] });
      expect(hits.map((hit) => [hit.row.id, hit.score.toFixed(5)])).toEqual([
        ["a", "1.00000"],
        ["b", "0.60000"],
      ]);
    });

    it("puts hits with the same score in the order of their ids, wherever they are cut", async () => {
      const ids = Array.from({ length: 40 }, (_, n) => `r${String((n * 7) % 40).padStart(2, "0")}`);
      await things.insert(ids.map((id) => row(id, "x", "lung")));
      const search = { top: 3, columns: [] };
      const byTerms = await things.searchTerms({ ...search, query: "lung" });
      const byVector = await things.searchVector({ ...search, vector: new Float32Array([1, 0, 0]) });
      expect([byTerms, byVector].map((hits) => hits.map((hit) => hit.row.id))).toEqual([
        ["r00", "r01", "r02"],
        ["r00", "r01", "r02"],
      ]);
    });

    it("filters before it ranks, so that as many hits come as were asked for", async () => {
      await things.insert(
        Array.from({ length: 50 }, (_, n) => row(`r${n}`, n < 45 ? "x" : "o'clock", "lung")),
      );
      const filter = { type: "equals", column: "owner", value: "o'clock" } as const;
      const request = { top: 5, columns: ["owner"], filter };
      const byVector = await things.searchVector({ ...request, vector: new Float32Array([1, 0, 0]) });
      const byTerms = await things.searchTerms({ ...request, query: "lung" });
      expect([...byVector, ...byTerms].map((hit) => hit.row.owner)).toEqual(Array(10).fill("o'clock"));
      expect(await things.count({ type: "not", filter })).toBe(45);
      expect(await things.count({ type: "any", filters: [] })).toBe(0);
      expect(
        await things.count({
          type: "all",
          filters: [filter, { type: "one-of", column: "id", values: ["r49"] }],
        }),
      ).toBe(1);
    });

    it("refuses vectors of the wrong length and vectors that are not finite", async () => {
      for (const vector of [
        [1, 0],
        [1, 0, 0, 0],
        [Number.NaN, 0, 0],
      ]) {
        await expect(things.insert([row("a", "x", "a", vector)])).rejects.toMatchObject({
          code: "vector-invalid",
        });
        const query = { vector: new Float32Array(vector), top: 1, columns: [] };
        await expect(things.searchVector(query)).rejects.toMatchObject({ code: "vector-invalid" });
      }
      expect(await things.count()).toBe(0);
    });

    it("removes all rows that fit a filter, says how many, and finds them no more", async () => {
      await things.insert([row("a", "x", "lung"), row("b", "x", "lung"), row("c", "y", "lung")]);
      await things.optimize();
      const filter = { type: "equals", column: "owner", value: "x" } as const;
      expect(await things.remove(filter)).toBe(2);
      expect(await things.remove(filter)).toBe(0);
      const search = { top: 5, columns: [] };
      const byTerms = await things.searchTerms({ ...search, query: "lung" });
      const byVector = await things.searchVector({ ...search, vector: new Float32Array([1, 0, 0]) });
      expect([...byTerms, ...byVector].map((hit) => hit.row.id)).toEqual(["c", "c"]);
    });

    it("holds the rows that are left after a purge, and finds them; also none", async () => {
      await things.insert([row("a", "x", "lung"), row("b", "y", "lung"), row("c", "y", "heart")]);
      await things.optimize();
      const search = { top: 5, columns: [] };
      const found = async () => {
        const byTerms = await things.searchTerms({ ...search, query: "lung" });
        const byVector = await things.searchVector({ ...search, vector: new Float32Array([1, 0, 0]) });
        return [byTerms, byVector].map((hits) => hits.map((hit) => hit.row.id));
      };
      await things.remove({ type: "equals", column: "owner", value: "x" });
      await things.optimize({ purge: true });
      expect(await found()).toEqual([["b"], ["b", "c"]]);
      await things.remove({ type: "equals", column: "owner", value: "y" });
      await things.optimize({ purge: true });
      expect(await found()).toEqual([[], []]);
      await things.insert([row("d", "x", "lung")]);
      expect(await found()).toEqual([["d"], ["d"]]);
    });

    it("scans all rows, or those that fit, each once, with their vectors where they are asked for", async () => {
      const vectorOf = (n: number) => [n % 2, 1, n / 4];
      await things.insert(
        Array.from({ length: 30 }, (_, n) => row(`r${n}`, n < 20 ? "x" : "y", "lung", vectorOf(n))),
      );
      const all = (await Array.fromAsync(things.scan({ columns: ["owner"], vectors: true }))).flat();
      expect(all.map((scanned) => scanned.row.id).sort()).toEqual(
        Array.from({ length: 30 }, (_, n) => `r${n}`).sort(),
      );
      for (const { row: found, vector } of all) {
        const n = Number(found.id.slice(1));
        expect(found).toEqual({ id: `r${n}`, owner: n < 20 ? "x" : "y" });
        expect(vector).toEqual(new Float32Array(vectorOf(n)));
      }
      const filter = { type: "equals", column: "owner", value: "y" } as const;
      const some = (await Array.fromAsync(things.scan({ columns: ["words"], filter }))).flat();
      expect(some).toHaveLength(10);
      expect(some[0]).toEqual({ row: { id: some[0]?.row.id, words: "lung" } });
    });

    it("has another version after each write, and the same one until then", async () => {
      const versions = [await things.version()];
      const note = async () => {
        const version = await things.version();
        expect(await things.version()).toBe(version);
        expect(versions).not.toContain(version);
        versions.push(version);
      };
      await things.insert([row("a", "x", "lung")]);
      await note();
      await things.insert([row("b", "x", "lung")]);
      await things.searchTerms({ query: "lung", top: 1, columns: [] });
      await note();
      const filter = { type: "equals", column: "id", value: "a" } as const;
      await things.replace({ rows: [row("a", "y", "heart")], filter });
      await note();
      await things.remove(filter);
      await note();
    });

    it("is there again after it was closed", async () => {
      await things.insert([row("a", "x", "lung")]);
      store.close();
      store = await openStore(folder);
      expect(await (await store.open(schema)).count()).toBe(1);
    });
  });
}
