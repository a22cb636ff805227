import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTextEmbedder } from "../create-text-embedder.ts";
import { startTestServer, type TestServer } from "../services/test-server.ts";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "medrounds-cache-"));
});
afterAll(() => rm(root, { recursive: true }));

function startEmbeddings(): Promise<TestServer> {
  return startTestServer(({ body }) => ({
    json: {
      data: (body as { input: string[] }).input.map((text, index) => ({
        index,
        embedding: [text.length, 1],
      })),
    },
  }));
}

/** Every text the server was asked to embed but the probe. */
function embeddedBy({ requests }: TestServer): string[] {
  return requests.slice(1).flatMap(({ body }) => (body as { input: string[] }).input);
}

const passages = ["one", "three", "fifteen"].map((text) => ({ title: "", text }));

describe("vectors kept by content", () => {
  it("are made once, also where the embedder is opened again, and equal texts of one call once", async () => {
    await using server = await startEmbeddings();
    const open = () =>
      createTextEmbedder({ source: `openai:${server.url}/v1#m`, cacheFolder: join(root, "once") });
    const first = await open();
    const made = await first.embedPassages([...passages, ...passages]);
    await first[Symbol.asyncDispose]();
    expect(embeddedBy(server)).toEqual(["one", "three", "fifteen"]);
    await using second = await open();
    const kept = await second.embedPassages([{ title: "", text: "new" }, ...passages.toReversed()]);
    expect(embeddedBy(server).slice(-2)).toEqual(["dimension", "new"]);
    expect(kept.slice(1)).toEqual(made.slice(0, 3).toReversed());
    expect(made.slice(3)).toEqual(made.slice(0, 3));
  });

  it("are those of one model and family alone", async () => {
    await using server = await startEmbeddings();
    const cacheFolder = join(root, "models");
    for (const source of ["/v1#m", "/v1#n", "/v1?family=e5#m"]) {
      await using embedder = await createTextEmbedder({
        source: `openai:${server.url}${source}`,
        cacheFolder,
      });
      await embedder.embedPassages(passages);
    }
    expect(embeddedBy(server).filter((text) => text.endsWith("three"))).toHaveLength(3);
    expect(await readdir(cacheFolder)).toHaveLength(3);
  });

  it("tell a title from a text", async () => {
    await using server = await startEmbeddings();
    await using embedder = await createTextEmbedder({
      source: `openai:${server.url}/v1#m`,
      cacheFolder: join(root, "titles"),
    });
    await embedder.embedPassages([{ title: "a", text: "b c" }]);
    await embedder.embedPassages([{ title: "a b", text: "c" }]);
    expect(embeddedBy(server)).toHaveLength(2);
  });

  it("are not harmed by a caller that changes what it was given", async () => {
    await using server = await startEmbeddings();
    await using embedder = await createTextEmbedder({
      source: `openai:${server.url}/v1#m`,
      cacheFolder: join(root, "changed"),
    });
    const [[vector], [query]] = [
      await embedder.embedPassages(passages),
      await embedder.embedQueries(["one"]),
    ];
    const [before, queryBefore] = [vector?.slice(), query?.slice()];
    vector?.fill(9);
    query?.fill(9);
    expect((await embedder.embedPassages(passages))[0]).toEqual(before);
    expect((await embedder.embedQueries(["one"]))[0]).toEqual(queryBefore);
  });

  it("hold no text and no query", async () => {
    await using server = await startEmbeddings();
    const cacheFolder = join(root, "texts");
    await using embedder = await createTextEmbedder({ source: `openai:${server.url}/v1#m`, cacheFolder });
    await embedder.embedQueries(["a question about a patient"]);
    const [file = ""] = await readdir(cacheFolder);
    expect((await readFile(join(cacheFolder, file))).length).toBe(0);
    await embedder.embedPassages(passages);
    expect((await readFile(join(cacheFolder, file))).includes("fifteen")).toBe(false);
  });

  it("of what was done stay where the server fails in the middle", async () => {
    await using server = await startTestServer(({ body }, index) =>
      index < 2
        ? {
            json: {
              data: (body as { input: string[] }).input.map((_, at) => ({ index: at, embedding: [1, 2] })),
            },
          }
        : { status: 400, json: { error: "no" } },
    );
    const many = Array.from({ length: 600 }, (_, index) => ({ title: "", text: `text ${index}` }));
    const limits = { batchSize: 512, concurrency: 1, attempts: 1 };
    const source = `openai:${server.url}/v1#m`;
    const cacheFolder = join(root, "middle");
    await using embedder = await createTextEmbedder({ source, cacheFolder, limits });
    await expect(embedder.embedPassages(many)).rejects.toMatchObject({ code: "service-refused" });
    expect(await embedder.embedPassages(many.slice(0, 512))).toHaveLength(512);
    expect(server.requests).toHaveLength(3);
  });
});

describe("vectors of queries", () => {
  it("are remembered in memory, the latest 1,024", async () => {
    await using server = await startEmbeddings();
    await using embedder = await createTextEmbedder({ source: `openai:${server.url}/v1#m` });
    await embedder.embedQueries(["first", "second", "first"]);
    await embedder.embedQueries(["second", "first"]);
    expect(embeddedBy(server)).toEqual(["first", "second"]);
    await embedder.embedQueries(Array.from({ length: 1_023 }, (_, index) => `query ${index}`));
    await embedder.embedQueries(["first"]);
    expect(embeddedBy(server).filter((text) => text === "first")).toHaveLength(1);
    await embedder.embedQueries(["second"]);
    expect(embeddedBy(server).filter((text) => text === "second")).toHaveLength(2);
  });
});
