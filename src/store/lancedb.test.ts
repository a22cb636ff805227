import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type CollectionSchema, openLanceStore, type Row, type Store } from "./index.ts";

let folder: string;
let store: Store;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-lance-"));
  store = await openLanceStore(folder);
});
afterEach(async () => {
  store.close();
  await rm(folder, { recursive: true });
});

describe("vectors in LanceDB", () => {
  const dimension = 16;
  const schema: CollectionSchema = {
    name: "points",
    text: ["part"],
    keys: [],
    vector: { column: "vector", dimension },
  };
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  const point = () => Float32Array.from({ length: dimension }, random);
  const rows = (count: number, part: string): Row[] =>
    Array.from({ length: count }, (_, n) => ({ id: `${part}${n}`, part, vector: point() }));

  it("above 20,000 are found by an index: nearly all, with true cosines, new ones and filtered ones too", async () => {
    const points = await store.open(schema);
    await points.insert(rows(21_000, "a"));
    await points.optimize();
    const indexes = await readdir(join(folder, "points.lance", "_indices"));
    expect(indexes.length, "one of ids and one of vectors").toBeGreaterThanOrEqual(2);
    const search = { top: 10, columns: ["part"] };
    let found = 0;
    for (let query = 0; query < 20; query++) {
      const vector = point();
      const truth = await points.searchVector({ ...search, vector, exact: true });
      const hits = await points.searchVector({ ...search, vector });
      const cosines = new Map(truth.map((hit) => [hit.row.id, hit.score]));
      for (const hit of hits) {
        const cosine = cosines.get(hit.row.id);
        if (cosine === undefined) continue;
        expect(hit.score).toBeCloseTo(cosine, 5);
        found++;
      }
    }
    expect(found).toBeGreaterThanOrEqual(0.95 * 200);

    const vector = point();
    await points.insert([{ id: "new", part: "b", vector: vector.map((value) => 3 * value) }]);
    expect((await points.searchVector({ ...search, vector }))[0]?.row.id).toBe("new");
    const filter = { type: "equals", column: "part", value: "b" } as const;
    expect((await points.searchVector({ ...search, vector, filter })).map(({ row }) => row.id)).toEqual([
      "new",
    ]);
    await points.optimize();
    expect((await points.searchVector({ ...search, vector }))[0]?.row.id).toBe("new");
  });

  it("of a dimension that the index can't pack are all compared", async () => {
    const odd = await store.open({ ...schema, vector: { column: "vector", dimension: 3 } });
    const vectors = Array.from({ length: 20_500 }, () => point().slice(0, 3));
    await odd.insert(vectors.map((vector, n) => ({ id: `p${n}`, part: "a", vector })));
    await odd.optimize();
    const search = { vector: point().slice(0, 3), top: 10, columns: [] };
    expect(await odd.searchVector(search)).toEqual(await odd.searchVector({ ...search, exact: true }));
  });
});

describe("vectors that are to be compared exactly", () => {
  it("have no index, however many they are", async () => {
    const vector = { column: "vector", dimension: 8, exact: true };
    const points = await store.open({ name: "points", text: [], keys: [], vector });
    const rows = Array.from({ length: 20_500 }, (_, n) => ({
      id: `p${n}`,
      vector: new Float32Array(8).fill(1).with(0, n),
    }));
    await points.insert(rows, { areNew: true });
    await points.optimize();
    expect(await readdir(join(folder, "points.lance", "_indices")), "one of ids").toHaveLength(1);
  });
});

describe("a purge", () => {
  const filesOf = async () =>
    (await readdir(join(folder, "things.lance"), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && entry.name.endsWith(".lance"))
      .map((entry) => join(entry.parentPath, entry.name));

  it("leaves no file that was there before, be one row in a thousand removed, and no file of an interrupted write", async () => {
    const schema = { name: "things", text: ["owner"], keys: ["owner"], terms: "words" };
    const things = await store.open(schema);
    const reader = await store.open(schema);
    const rows = Array.from({ length: 1_000 }, (_, n) => ({
      id: `t${n}`,
      owner: `o${n}`,
      words: `lung ${n}`,
    }));
    await things.insert(rows);
    await things.optimize();
    await writeFile(join(folder, "things.lance", "data", "left-by-a-kill.lance"), "t500");
    const before = await filesOf();
    expect(before.length).toBeGreaterThan(3);
    await things.remove({ type: "equals", column: "id", value: "t500" });
    expect(await reader.count()).toBe(999);
    await things.optimize({ purge: true });
    expect(new Set(before).intersection(new Set(await filesOf()))).toEqual(new Set());
    expect(await reader.searchTerms({ query: "lung 499", top: 1, columns: ["owner"] })).toMatchObject([
      { row: { id: "t499", owner: "o499" } },
    ]);
    expect(await reader.count()).toBe(999);
  });
});

describe("a scan of a damaged table in LanceDB", () => {
  it("is told as such", async () => {
    const things = await store.open({ name: "things", text: ["words"], keys: [] });
    await things.insert([{ id: "a", words: "lung" }]);
    await rm(join(folder, "things.lance", "data"), { recursive: true });
    const scanned = Array.fromAsync(things.scan({ columns: ["words"] }));
    await expect(scanned).rejects.toMatchObject({ code: "library-unreadable" });
  });
});

describe("a table whose writer is killed", () => {
  const schema: CollectionSchema = {
    name: "things",
    text: ["owner", "generation"],
    keys: ["owner"],
    terms: "words",
    vector: { column: "vector", dimension: 8 },
  };
  /** Puts generation after generation in the place of the one before, removes and compacts, until it is killed. */
  const writer = `
    import { openLanceStore } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, "index.ts")).href)};
    const store = await openLanceStore(process.argv[1]);
    const things = await store.open(${JSON.stringify(schema)});
    const rows = (owner, generation, count) => Array.from({ length: count }, (_, n) => ({
      id: owner + n, owner, generation: String(generation), words: "lung " + generation, vector: new Float32Array(8).fill(1),
    }));
    for (let generation = 0; ; generation++) {
      const filter = { type: "equals", column: "owner", value: "x" };
      await things.replace({ rows: rows("x", generation, 300 - generation % 7), filter });
      await things.remove({ type: "equals", column: "owner", value: "y" });
      await things.insert(rows("y", generation, 100));
      await things.optimize();
      if (generation === 0) console.log("writing");
    }`;

  it("holds each generation whole or not at all, and takes the next one", async () => {
    for (const delay of [30, 170, 410]) {
      const options = ["--conditions=medrounds-source", "--input-type=module", "--eval", writer, folder];
      const child = spawn(process.execPath, options, { stdio: ["ignore", "pipe", "inherit"] });
      await once(child.stdout, "data");
      await new Promise((resolve) => setTimeout(resolve, delay));
      child.kill("SIGKILL");
      await once(child, "close");
      const things = await store.open(schema);
      const all = (await Array.fromAsync(things.scan({ columns: ["owner", "generation"] }))).flat();
      expect(new Set(all.map(({ row }) => row.id)).size).toBe(all.length);
      const generationOf = (owner: string) => {
        const own = all.filter(({ row }) => row.owner === owner).map(({ row }) => Number(row.generation));
        expect(new Set(own).size).toBeLessThanOrEqual(1);
        return { count: own.length, generation: own[0] ?? 0 };
      };
      const x = generationOf("x");
      expect(x.count).toBe(300 - (x.generation % 7));
      expect([0, 100]).toContain(generationOf("y").count);
      expect(await things.searchTerms({ query: "lung", top: 1, columns: [] })).toHaveLength(1);
    }
  });
});
