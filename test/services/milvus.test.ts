import { basename } from "node:path";
import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import {
  type Collection,
  type CollectionSchema,
  type Filter,
  openLanceStore,
  type Row,
} from "../../src/store/index.ts";
import { connectMilvus } from "../../src/store/milvus/client.ts";
import { describeIndexes } from "../../src/store/milvus/indexes.ts";
import { parseMilvusLocation } from "../../src/store/milvus/location.ts";
import { hostileText } from "../support/hostile-text.ts";
import { describeMilvus } from "../support/milvus-suite.ts";
import { makeFolder, removeFolder } from "../support/run-cli.ts";
import { describeStore } from "../support/store-contract.ts";

const schema: CollectionSchema = {
  name: "things",
  text: ["owner", "record"],
  keys: ["owner"],
  terms: "words",
  vector: { column: "vector", dimension: 8 },
};

const row = (
  id: string,
  given: { owner?: string; record?: string; words?: string; vector?: Float32Array } = {},
): Row => ({
  id,
  owner: "x",
  record: "",
  words: "",
  vector: unit(1),
  ...given,
});

/** A vector of length 1 that is another for each seed. */
function unit(seed: number): Float32Array {
  const values = Float32Array.from(
    { length: 8 },
    (_, index) => (Math.sin(seed * 12.9898 + index * 78.233) * 43.7) % 1,
  );
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

describeMilvus("Milvus", ({ open }) => {
  describeStore("Milvus", (folder) => open(basename(folder)));

  it("gives any text back as it came, and finds it by itself alone", async () => {
    const things = await (await open("hostile")).open(schema);
    const given = await fc.sample(hostileText, { numRuns: 300, seed: 7 });
    const texts = [...new Set(given.map((text) => text.toWellFormed()))];
    await things.insert(texts.map((text) => row(text, { owner: text, record: text })));
    const found = await things.find({ filter: { type: "all", filters: [] }, columns: ["owner", "record"] });
    expect(new Map(found.map(({ id, owner, record }) => [id, [owner, record]]))).toEqual(
      new Map(texts.map((text) => [text, [text, text]])),
    );
    for (const text of texts.slice(0, 60)) {
      expect(await things.count({ type: "equals", column: "record", value: text })).toBe(1);
      expect(await things.remove({ type: "one-of", column: "id", values: [text] })).toBe(1);
    }
    expect(await things.count()).toBe(texts.length - 60);
  });

  it("ranks by terms as LanceDB does, to the score", async () => {
    const folder = await makeFolder("milvus-lance");
    const [milvus, lance] = [await open("terms-alike"), await openLanceStore(folder)];
    const vocabulary =
      "lung lungs effusion effusions heart Sjögren’s β-blocker pneumothoraces the of T2".split(" ");
    const rows = Array.from({ length: 400 }, (_, n) =>
      row(`r${n}`, {
        // LanceDB leaves rows without a term out of its means, so that each has one.
        words: [
          "nodule",
          ...Array.from({ length: (n * 7) % 23 }, (_, k) => vocabulary[(n * n + k * 5 + n * k) % 11]),
        ].join(" "),
      }),
    );
    const hits = [];
    for (const store of [milvus, lance]) {
      const things = await store.open(schema);
      await things.insert(rows);
      const queries = [
        "lung effusion",
        "heart heart",
        "sjogren's beta β blockers",
        "T2 of the pneumothoraces",
      ];
      hits.push(
        await Promise.all(queries.map((query) => things.searchTerms({ query, top: 30, columns: [] }))),
      );
      store.close();
    }
    await removeFolder(folder);
    const rounded = hits.map((of) =>
      of.map((some) => some.map(({ row: { id }, score }) => [id, score.toFixed(3)])),
    );
    expect(rounded[0]?.map((some) => some.length)).toEqual([30, 30, 30, 30]);
    expect(rounded[0]).toEqual(rounded[1]);
  });

  it("filters as the tree says", async () => {
    const things = await (await open("trees")).open(schema);
    const [ids, owners] = [
      ["a", 'b"', "c\\", "d\n", ""],
      ["x", "y'", '"'],
    ];
    const rows = ids.flatMap((id) => owners.map((owner) => ({ id: id + owner, owner })));
    await things.insert(rows.map(({ id, owner }) => row(id, { owner })));
    const leaf = fc.oneof(
      fc.record({
        type: fc.constant("equals" as const),
        column: fc.constant("owner"),
        value: fc.constantFrom(...owners, "none"),
      }),
      fc.record({
        type: fc.constant("one-of" as const),
        column: fc.constantFrom("id", "owner"),
        values: fc.subarray([...rows.map(({ id }) => id), ...owners]),
      }),
    );
    const { tree } = fc.letrec<{ tree: Filter }>((tie) => ({
      tree: fc.oneof(
        { depthSize: "small" },
        leaf,
        fc.record({ type: fc.constant("not" as const), filter: tie("tree") }),
        fc.record({
          type: fc.constantFrom("all" as const, "any" as const),
          filters: fc.array(tie("tree"), { maxLength: 3 }),
        }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(tree, async (filter) => {
        const found = await things.find({ filter, columns: [] });
        expect(found.map(({ id }) => id).sort()).toEqual(
          rows.flatMap((given) => (fits(given, filter) ? [given.id] : [])).sort(),
        );
      }),
      { numRuns: 150 },
    );
  });

  it("keeps texts that are longer than its columns whole, and filters by them", async () => {
    const things = await (await open("long")).open(schema);
    const long = (sign: string) => `${"pneumothorax 🫁 ".repeat(20_000)}${sign}`;
    await things.insert([row(long("id"), { owner: long("a"), record: long("b") }), row("short")]);
    await things.insert([row(long("id"), { owner: "other" })]);
    const filter = { type: "equals", column: "owner", value: long("a") } as const;
    expect(await things.find({ filter, columns: ["owner", "record"] })).toEqual([
      { id: long("id"), owner: long("a"), record: long("b") },
    ]);
    expect(await things.count({ ...filter, value: long("b") })).toBe(0);
    expect(await things.remove(filter)).toBe(1);
    expect(await things.count()).toBe(1);
  });

  it("refuses a text with more terms than it can search, and writes none of its batch", async () => {
    const things = await (await open("terms")).open(schema);
    const words = Array.from({ length: 20_000 }, (_, n) => `term${n}`).join(" ");
    await expect(things.insert([row("a"), row("b", { words })])).rejects.toMatchObject({
      code: "store-text-too-long",
      facts: { id: "b" },
    });
    expect(await things.count()).toBe(0);
  });

  it("has another version after each write and the same while nothing is written", async () => {
    const things = await (await open("versions")).open(schema);
    const versions = [await things.version()];
    const write = async (work: () => Promise<unknown>) => {
      await work();
      versions.push(await things.version());
      expect(await things.version()).toBe(versions.at(-1));
    };
    const filter = { type: "equals", column: "id", value: "a" } as const;
    await write(() => things.insert([row("a")]));
    await write(() => things.replace({ rows: [row("a", { record: "new" })], filter }));
    await write(() => things.remove(filter));
    expect(new Set(versions).size).toBe(versions.length);
    await things.insert([]);
    await things.remove(filter);
    expect(await things.version()).toBe(versions.at(-1));
  });

  it("throws where a collection is missing that must be there", async () => {
    const store = await open("missing");
    await expect(store.open(schema, { create: false })).rejects.toMatchObject({ code: "library-unreadable" });
  });

  it("keeps two libraries on one server apart", async () => {
    const [first, second] = [await (await open("one")).open(schema), await (await open("two")).open(schema)];
    await first.insert([row("a")]);
    expect([await first.count(), await second.count()]).toEqual([1, 0]);
  });

  it("sees what another connection wrote at once", async () => {
    const [writer, reader] = [
      await (await open("shared")).open(schema),
      await (await open("shared")).open(schema),
    ];
    for (let n = 0; n < 20; n++) {
      await writer.insert([row(`r${n}`)]);
      expect(await reader.count()).toBe(n + 1);
    }
  });
});

describeMilvus("A collection of thousands of rows on Milvus", ({ open, locate }) => {
  const size = 5_000;
  let things: Collection;

  /** Of the vectors, as the server tells it. */
  const indexType = async () => {
    const { run, close } = await connectMilvus({ location: parseMilvusLocation(locate("thousands")) });
    const types = await run((client) => describeIndexes(client, "thousands_things"));
    close();
    return types.get("vector");
  };

  beforeAll(async () => {
    things = await (await open("thousands", { graphAbove: 4_000 })).open(schema);
    const rows = Array.from({ length: size }, (_, n) =>
      row(`r${n}`, { words: `term${n % 10}`, vector: unit(n) }),
    );
    for (let start = 0; start < size; start += 1_000) await things.insert(rows.slice(start, start + 1_000));
  });

  it("is scanned whole, each row once, with its vectors", async () => {
    const seen = new Map<string, Float32Array | undefined>();
    for await (const batch of things.scan({ columns: ["owner"], vectors: true })) {
      for (const { row: found, vector } of batch) seen.set(found.id, vector);
    }
    expect(seen.size).toBe(size);
    expect(seen.get("r77")).toEqual(unit(77));
  });

  it("is searched by a graph after it was optimized, and exactly where that is asked for", async () => {
    const ask = (n: number, exact: boolean) =>
      things.searchVector({ vector: unit(n + 0.5), top: 10, columns: [], exact });
    const before = await Promise.all([1, 2, 3, 4, 5].map((n) => ask(n, true)));
    expect(await indexType()).toBe("FLAT");
    await things.optimize();
    await things.optimize();
    expect(await indexType()).toBe("HNSW");
    const exact = await Promise.all([1, 2, 3, 4, 5].map((n) => ask(n, true)));
    const near = await Promise.all([1, 2, 3, 4, 5].map((n) => ask(n, false)));
    const ids = (hits: typeof before) => hits.map((some) => some.map((hit) => hit.row.id));
    expect(ids(exact)).toEqual(ids(before));
    for (const [index, hits] of exact.entries()) {
      for (const [rank, { score }] of hits.entries())
        expect(score).toBeCloseTo(before[index]?.[rank]?.score ?? 2, 5);
    }
    const found = ids(near).flatMap((some, index) => some.filter((id) => ids(exact)[index]?.includes(id)));
    expect(found.length).toBeGreaterThanOrEqual(49);
  });

  it("finds rows that came after the graph was built", async () => {
    await things.optimize();
    await things.insert([row("late", { vector: unit(-3.25), words: "late" })]);
    const hits = await things.searchVector({ vector: unit(-3.25), top: 1, columns: [] });
    expect(hits[0]).toMatchObject({ row: { id: "late" }, score: expect.closeTo(1, 5) });
    expect(await things.remove({ type: "equals", column: "id", value: "late" })).toBe(1);
  });
});

function fits(given: { id: string; owner: string }, filter: Filter): boolean {
  const value = (column: string) => (column === "id" ? given.id : given.owner);
  switch (filter.type) {
    case "equals":
      return value(filter.column) === filter.value;
    case "one-of":
      return filter.values.includes(value(filter.column));
    case "not":
      return !fits(given, filter.filter);
    case "all":
      return filter.filters.every((part) => fits(given, part));
    case "any":
      return filter.filters.some((part) => fits(given, part));
  }
}
