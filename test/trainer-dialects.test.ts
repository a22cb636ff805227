import { writeFile } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addToLibrary, openLibraryAt } from "../src/assembly/index.ts";
import { expectFailure, sendRaw, startTestServer, type TestServer, until } from "./support/http-server.ts";
import { makeFolder, removeFolder } from "./support/run-cli.ts";
import { startWordModels } from "./support/word-model-server.ts";

let server: TestServer;
let folder: string;
let library: Awaited<ReturnType<typeof openLibraryAt>>;

const rows = [
  { id: "dose", title: "Amoxicillin", text: "50 mg of amoxicillin per kilogram a day." },
  {
    id: "effusion",
    title: "Pleural effusion",
    text: "Blunting of the costophrenic angle shows an effusion.",
  },
  { id: "nodule", title: "Nodule\nof the lung", text: "A nodule is small." },
  { id: "alone", title: "Bronchiectasis", text: "" },
  ...Array.from({ length: 6 }, (_, index) => ({
    id: `common-${index}`,
    title: "",
    text: `Common words, ${index}.`,
  })),
];

beforeAll(async () => {
  folder = await makeFolder("trainer");
  library = await openLibraryAt(join(folder, "library"), { create: true });
  const file = join(folder, "passages.jsonl");
  await writeFile(file, rows.map((row) => JSON.stringify(row)).join("\n"));
  const report = await addToLibrary({ library, paths: [file] });
  expect(report.refused).toEqual([]);
  server = await startTestServer({ library, onNotice: () => undefined });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  library[Symbol.dispose]();
  await removeFolder(folder);
});

async function ask(path: string, body: unknown): Promise<{ status: number; reply: Record<string, unknown> }> {
  const response = await server.post(path, body);
  return { status: response.status, reply: (await response.json()) as Record<string, unknown> };
}

async function answers(queries: readonly string[], more: object = {}): Promise<string[][]> {
  const { status, reply } = await ask("/queries", { queries, ...more });
  expect(status).toBe(200);
  expect(Object.keys(reply)).toEqual(["queries", "answers"]);
  expect(reply.queries).toEqual(queries);
  return reply.answers as string[][];
}

/** As both clients do: `re.sub(r'^\d+\s+', '', document)`. */
const strip = (document = "") => document.replace(/^\d+\s+/, "");

describe("the dialect of R1-Searcher and Med-RwR, /queries", () => {
  it("answers each query in its place, with three passages at most where k is missing or null", async () => {
    for (const more of [{}, { k: null }]) {
      const found = await answers(["pleural effusion", "zzz-unknown", "common words", "", "nodule"], more);
      expect(found.map((list) => list.length)).toEqual([1, 0, 3, 0, 1]);
      expect(found[0]?.[0]).toContain("costophrenic angle");
      expect(found[4]?.[0]).toContain("nodule");
    }
  });

  it("answers at 0.0.0.0, which R1-Searcher's trainer has for an address", async () => {
    const url = server.url.replace("127.0.0.1", "0.0.0.0");
    const body = JSON.stringify({ queries: ["effusion"], k: 3 });
    const headers = { "content-type": "application/json", host: new URL(url).host };
    const { status, text } = await sendRaw(server.url, { path: "/queries", method: "POST", headers, body });
    expect([status, (JSON.parse(text) as { answers: string[][] }).answers.length]).toEqual([200, 1]);
  });

  it("keeps a passage's own leading digits from the clients that strip a row id", async () => {
    const [[first = ""] = []] = await answers(["amoxicillin"], { k: 1 });
    expect(first).toMatch(/^1\t/);
    expect(strip(first)).toBe("50 mg of amoxicillin per kilogram a day.");
  });

  it("puts a row id before every passage", async () => {
    const [found = []] = await answers(["common words"], { k: 6 });
    expect(found.map((text) => /^(\d+)\t\S/.exec(text)?.[1])).toEqual(["1", "2", "3", "4", "5", "6"]);
  });

  it("takes k = 0, an empty list, and a k above what there is", async () => {
    expect(await answers(["effusion"], { k: 0 })).toEqual([[]]);
    expect(await answers([])).toEqual([]);
    expect((await answers(["common words"], { k: 1000 })).map((list) => list.length)).toEqual([6]);
  });

  it("never gives a blank passage: of a row that is only a title, the title", async () => {
    expect(await answers(["bronchiectasis"])).toEqual([["1\tBronchiectasis"]]);
  });

  it("ignores fields that it does not know", async () => {
    const more = { return_scores: true, temperature: 1 };
    expect(await answers(["effusion"], more)).toEqual([[expect.stringMatching(/^1\tBlunting/)]]);
  });

  it("answers the others where one query is absurd", async () => {
    const absurd = [
      "x".repeat(200_000),
      "\u0000\uD800",
      '"',
      "AND OR NOT (",
      "<|end|>".repeat(2000),
      "+-*:^~",
    ];
    const found = await answers(["effusion", ...absurd, "nodule"]);
    expect(found).toHaveLength(absurd.length + 2);
    expect(found[0]?.[0]).toContain("costophrenic");
    expect(found.at(-1)?.[0]).toContain("nodule");
  });

  it("gives as many lists as queries, each of at most k passages with words, whatever was asked", async () => {
    const query = fc.oneof(
      fc.string({ maxLength: 40, unit: "grapheme" }),
      fc.constantFrom("effusion", "common words", "nodule OR (", " ", "\t"),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(query, { maxLength: 6 }),
        fc.integer({ min: 0, max: 9 }),
        async (queries, k) => {
          const found = await answers(queries, { k });
          expect(found).toHaveLength(queries.length);
          for (const list of found) {
            expect(list.length).toBeLessThanOrEqual(k);
            expect(list.every((text) => strip(text).trim() !== "")).toBe(true);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each([
    [{}, "queries"],
    [{ queries: "effusion" }, "queries"],
    [{ queries: ["effusion", 7] }, "queries.1"],
    [{ queries: ["effusion", null] }, "queries.1"],
    [{ queries: ["x"], k: -1 }, "k"],
    [{ queries: ["x"], k: 1.5 }, "k"],
  ])("refuses %j and names the field", async (body, field) => {
    const failure = await expectFailure(await server.post("/queries", body), 400, "request-invalid");
    expect(failure.facts.field).toBe(field);
  });
});

describe("the dialect of Search-R1 and verl, /retrieve", () => {
  it("gives documents without a wrapper, where scores were not asked for", async () => {
    for (const more of [{}, { return_scores: false }, { return_scores: null }]) {
      const { reply } = await ask("/retrieve", { queries: ["pleural effusion", "zzz"], topk: 2, ...more });
      expect(reply).toEqual({
        result: [
          [
            {
              id: expect.stringContaining("effusion"),
              contents: '"Pleural effusion"\nBlunting of the costophrenic angle shows an effusion.',
            },
          ],
          [],
        ],
      });
    }
  });

  it("wraps each document with its score on request, best first, and takes a missing topk as three", async () => {
    for (const more of [{}, { topk: null }]) {
      const { reply } = await ask("/retrieve", { queries: ["common words"], return_scores: true, ...more });
      const [hits = []] = reply.result as { document: object; score: number }[][];
      expect(hits).toHaveLength(3);
      expect(Object.keys(hits[0] ?? {})).toEqual(["document", "score"]);
      expect(Object.keys(hits[0]?.document ?? {})).toEqual(["id", "contents"]);
      const scores = hits.map(({ score }) => score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
      expect(scores.at(-1)).toBeGreaterThan(0);
    }
  });

  it("puts a title with line breaks on the first line, which is where clients look for it", async () => {
    const { reply } = await ask("/retrieve", { queries: ["nodule"] });
    const [[hit]] = reply.result as [[{ contents: string }]];
    expect(hit.contents.split("\n")).toEqual(['"Nodule of the lung"', "A nodule is small."]);
  });

  it("takes topk = 0, an empty list and fields that it does not know", async () => {
    expect((await ask("/retrieve", { queries: ["effusion"], topk: 0 })).reply).toEqual({ result: [[]] });
    expect((await ask("/retrieve", { queries: [], extra: 1 })).reply).toEqual({ result: [] });
  });
});

describe("our own dialect, /v1/retrieve", () => {
  it("gives ids, corpora, titles, scores and texts, and stages where they were asked for", async () => {
    const plain = await ask("/v1/retrieve", { queries: ["zzz", "amoxicillin"], top: 2 });
    const hit = {
      id: expect.stringContaining("dose"),
      corpus: expect.any(String),
      title: "Amoxicillin",
      score: expect.any(Number),
      text: "50 mg of amoxicillin per kilogram a day.",
    };
    expect(plain).toEqual({ status: 200, reply: { retriever: "bm25", hits: [[], [hit]] } });
    const explained = await ask("/v1/retrieve", { queries: ["amoxicillin"], stages: true });
    const stages = [{ stage: "bm25", rank: 1, score: expect.any(Number) }];
    expect(explained.reply.hits).toEqual([[{ ...hit, stages }]]);
  });

  it("refuses a field that it does not know, so that a wrong name is not overlooked", async () => {
    await expectFailure(await server.post("/v1/retrieve", { queries: [], k: 3 }), 400, "request-invalid");
  });
});

describe("a batch of a trainer", () => {
  it("may be as large as a whole step's: 1,500 queries, in order", async () => {
    const queries = Array.from({ length: 1_500 }, (_, index) => (index % 2 === 0 ? "effusion" : "nodule"));
    const { reply } = await ask("/retrieve", { queries, topk: 3 });
    const ids = (reply.result as { id: string }[][]).map(([first]) => first?.id);
    expect(ids).toHaveLength(queries.length);
    expect(ids.every((id, index) => id?.includes(queries[index] ?? "none"))).toBe(true);
  });

  it.each(["/queries", "/retrieve", "/v1/retrieve"])(
    "is refused at %s where it exceeds a limit",
    async (path) => {
      const limits = { batchQueries: 20, batchTop: 10, batchPassages: 100 };
      await using small = await startTestServer({ library, limits });
      const name = { "/queries": "k", "/retrieve": "topk", "/v1/retrieve": "top" }[path] ?? "";
      const send = (count: number, top: number) =>
        small.post(path, { queries: Array(count).fill("effusion"), [name]: top });
      expect((await send(10, 10)).status).toBe(200);
      expect((await send(20, 5)).status).toBe(200);
      for (const [count, top, limit] of [
        [21, 1, 20],
        [1, 11, 10],
        [11, 10, 100],
      ] as const) {
        const failure = await expectFailure(await send(count, top), 413, "request-too-large");
        expect(failure.facts).toEqual({ limit });
      }
    },
  );

  it("is asked to come again with a status that trainers retry, where the server holds too much", async () => {
    await using full = await startTestServer({ library, limits: { heldBytes: 10 } });
    const response = await full.post("/retrieve", { queries: ["effusion"] });
    expect(response.headers.get("retry-after")).toBe("2");
    await expectFailure(response, 503, "server-busy");
  });

  it.each([
    ["small", 5_000, "nodule"],
    ["large", 9_000, "common words"],
  ])("of a %s body ends when its client leaves, and the next is answered", async (_, length, query) => {
    await using models = await startWordModels();
    await using slow = await startTestServer({ library, retrieval: { reranker: models.reranker } });
    models.holding = true;
    const queries = Array.from({ length }, () => query);
    const left = httpRequest(`${slow.url}/retrieve`, {
      method: "POST",
      headers: { "content-type": "application/json" },
    });
    left.on("error", () => undefined);
    left.end(JSON.stringify({ queries }));
    const inFlight = async () =>
      /^medrounds_http_in_flight\{route="\/retrieve"\} (\d+)$/m.exec(
        await (await slow.get("/metrics")).text(),
      )?.[1];
    await until(async () => (await inFlight()) === "1");
    left.destroy();
    await until(async () => (await inFlight()) === "0");
    expect(await (await slow.get("/metrics")).text()).toMatch(/route="\/retrieve",status="499"\} 1$/m);
    models.holding = false;
    const next = await slow.post("/queries", { queries: ["effusion"] });
    expect(await next.json()).toMatchObject({ answers: [[expect.stringContaining("costophrenic")]] });
  });
});
