import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { Collection, CollectionSchema, Row } from "../../src/store/index.ts";
import { describeMilvus } from "../support/milvus-suite.ts";
import { startTcpProxy, type TcpProxy } from "../support/tcp-proxy.ts";

const schema: CollectionSchema = {
  name: "passages",
  text: ["document", "record"],
  keys: ["document"],
  terms: "words",
};
const [batches, batchSize] = [20, 100];
const limits = { connect: 1_500, request: 1_500, outage: 1_500 };

/** The rows of one batch, always the same. */
function batch(number: number): Row[] {
  return Array.from({ length: batchSize }, (_, n) => ({
    id: `${number}#${n}`,
    document: `document ${number}`,
    record: "r".repeat(500),
    words: `lung nodule ${n}`,
  }));
}

describeMilvus("Milvus behind a bad line", ({ open, server }) => {
  let proxy: TcpProxy;
  let names = 0;
  let name: string;

  beforeAll(async () => {
    proxy = await startTcpProxy(server().port);
  });
  afterAll(() => proxy[Symbol.asyncDispose]());
  afterEach(async () => {
    proxy.mend();
  });

  const openPassages = async (given: Partial<typeof limits> = {}): Promise<Collection> => {
    const store = await open(name, { port: proxy.port, limits: { ...limits, ...given } });
    return store.open(schema);
  };
  const fresh = (given?: Partial<typeof limits>) => {
    name = `line${names++}`;
    return openPassages(given);
  };
  const addAll = async (passages: Collection, disturb?: (number: number) => unknown) => {
    for (let number = 0; number < batches; number++) {
      const added = passages.insert(batch(number));
      added.catch(() => undefined);
      await disturb?.(number);
      await added;
    }
  };
  /** Each row once, with its content, by count, by scan and by search. */
  const expectWhole = async (passages: Collection) => {
    expect(await passages.count()).toBe(batches * batchSize);
    const rows = await passages.find({ filter: { type: "all", filters: [] }, columns: ["document"] });
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect(rows.length).toBe(batches * batchSize);
    const filter = { type: "equals", column: "document", value: "document 7" } as const;
    const hits = await passages.searchTerms({ query: "nodules", top: 500, columns: [], filter });
    expect(hits.length).toBe(batchSize);
  };
  const timed = async (work: () => Promise<unknown>) => {
    const start = Date.now();
    const error = await work().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return { error, seconds: (Date.now() - start) / 1_000 };
  };
  const unreachable = {
    code: "store-unreachable",
    cure: expect.stringContaining("Start the store's server"),
  };

  it("says at once that nothing listens there", async () => {
    const { error, seconds } = await timed(() => open("nowhere", { port: 1, limits }));
    expect(error).toMatchObject({ ...unreachable, facts: { address: "127.0.0.1:1" } });
    expect(seconds).toBeLessThan(2.5);
  });

  it("says so when the line is cut at its opening", async () => {
    proxy.cut();
    const { error, seconds } = await timed(() => fresh());
    expect(error).toMatchObject(unreachable);
    expect(seconds).toBeLessThan(2.5);
  });

  it("does not wait for ever for a server that takes the connection and is silent", async () => {
    proxy.stall();
    const { error, seconds } = await timed(() => fresh());
    expect(error).toMatchObject(unreachable);
    expect(seconds).toBeLessThan(3);
  });

  it("ends an addition that was cut off in mid-batch in time, and a second run completes it", async () => {
    const passages = await fresh();
    const { error, seconds } = await timed(() => addAll(passages, (number) => number === 6 && proxy.cut()));
    expect(error).toMatchObject(unreachable);
    expect(seconds).toBeLessThan(10);
    proxy.mend();
    const again = await openPassages();
    const left = await again.count();
    expect(left % batchSize).toBe(0);
    expect(left).toBeLessThan(batches * batchSize);
    await addAll(again);
    await expectWhole(again);
  });

  it("ends a request that stalls in time, and the same connection goes on when the line is mended", async () => {
    const passages = await fresh();
    const { error, seconds } = await timed(() => addAll(passages, (number) => number === 3 && proxy.stall()));
    expect(error).toMatchObject(unreachable);
    expect(seconds).toBeLessThan(10);
    proxy.mend();
    await addAll(passages);
    await expectWhole(passages);
  });

  it("bridges a short cut without an error", async () => {
    const passages = await fresh({ outage: 10_000 });
    await addAll(passages, async (number) => {
      if (number % 5 !== 2) return;
      proxy.cut();
      setTimeout(() => proxy.mend(), 300);
    });
    await expectWhole(passages);
  });

  it("is only slower on a slow line", async () => {
    const passages = await fresh({ request: 20_000 });
    proxy.delay(40);
    await addAll(passages);
    await expectWhole(passages);
  });

  it("goes on by itself after the server crashed and was started again in mid-batch", async () => {
    const passages = await fresh({ outage: 30_000, request: 30_000 });
    let restarted: Promise<void> | undefined;
    await addAll(passages, (number) => {
      if (number === 8) restarted = server().restart();
    });
    await restarted;
    await expectWhole(passages);
  });

  it("loses nothing that was answered when the server crashes, and a second run completes the rest", async () => {
    const passages = await fresh();
    let answered = 0;
    const { error } = await timed(() =>
      addAll(passages, async (number) => {
        answered = number;
        if (number === 12) await server().kill();
      }),
    );
    expect(error).toMatchObject(unreachable);
    await server().restart();
    const again = await openPassages({ request: 20_000 });
    const left = await again.count();
    expect(left).toBeGreaterThanOrEqual(answered * batchSize);
    expect(left % batchSize).toBe(0);
    await addAll(again);
    await expectWhole(again);
  });

  it("searches on after a restart without being opened again", async () => {
    const passages = await fresh({ outage: 30_000, request: 30_000 });
    await addAll(passages);
    await server().restart();
    await expectWhole(passages);
  });
});
