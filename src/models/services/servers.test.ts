import { describe, expect, it } from "vitest";
import { createReranker } from "../create-reranker.ts";
import { createTextEmbedder } from "../create-text-embedder.ts";
import { type ArrivedRequest, startTestServer, type TestReply } from "./test-server.ts";

const key = "sk-secret-0123456789";
const limits = { pauseMilliseconds: 4, attempts: 3, idleTimeoutMilliseconds: 2_000 };

/** Vectors that tell the texts apart: length of the text, number of words, 1. */
function vectorOf(text: string): number[] {
  return [text.length, text.split(" ").length, 1];
}

function unit(vector: readonly number[]): number[] {
  return vector.map((value) => value / Math.hypot(...vector));
}

function inputOf({ body }: ArrivedRequest): string[] {
  return (body as { input: string[] }).input;
}

function embeddings(request: ArrivedRequest): TestReply {
  return {
    json: {
      data: inputOf(request).map((text, index) => ({ index, embedding: vectorOf(text) })),
      model: "test",
    },
  };
}

/** The first request, which learns the dimension, goes well; `reply` gives the others, counted from 0. */
function afterProbe(reply: (request: ArrivedRequest, index: number) => TestReply | Promise<TestReply>) {
  return (request: ArrivedRequest, index: number) =>
    index === 0 ? embeddings(request) : reply(request, index - 1);
}

async function openFor(url: string, given: Partial<Parameters<typeof createTextEmbedder>[0]> = {}) {
  return createTextEmbedder({ source: `openai:${url}/v1#test`, apiKey: key, limits, ...given });
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  const error: unknown = await work.then(
    () => expect.unreachable("nothing failed"),
    (reason: unknown) => reason,
  );
  const { message, facts, stack } = error as Error & { facts: unknown };
  expect(JSON.stringify({ message, facts, stack })).not.toContain(key);
  return error;
}

describe("a server with OpenAI's embeddings", () => {
  it("is asked with the model, the family's prefixes and the key, and its vectors are made unit vectors", async () => {
    await using server = await startTestServer(embeddings);
    await using embedder = await createTextEmbedder({
      source: `openai:${server.url}/v1?family=e5&api-version=2#intfloat/e5-base-v2`,
      apiKey: ` ${key} `,
    });
    expect(embedder).toMatchObject({ id: "intfloat/e5-base-v2", dimension: 3 });
    const [query] = await embedder.embedQueries(["fever"]);
    const [passage] = await embedder.embedPassages([{ title: "Cough", text: "and more" }]);
    expect(server.requests.at(-2)).toMatchObject({
      method: "POST",
      path: "/v1/embeddings?api-version=2",
      authorization: `Bearer ${key}`,
      body: { model: "intfloat/e5-base-v2", encoding_format: "float" },
    });
    expect(server.requests.slice(1).map(inputOf)).toEqual([["query: fever"], ["passage: Cough and more"]]);
    expect([...(query ?? [])]).toEqual([...Float32Array.from(unit(vectorOf("query: fever")))]);
    expect([...(passage ?? [])]).toEqual([...Float32Array.from(unit(vectorOf("passage: Cough and more")))]);
  });

  it("is asked in batches, and the vectors keep the order of the texts", async () => {
    await using server = await startTestServer(embeddings);
    await using embedder = await openFor(server.url, { limits: { ...limits, batchSize: 3 } });
    const queries = Array.from({ length: 10 }, (_, index) => "x".repeat(index + 1));
    const vectors = await embedder.embedQueries(queries);
    expect(server.requests.slice(1).map((request) => inputOf(request).length)).toEqual([3, 3, 3, 1]);
    expect(vectors.map((vector) => [...vector])).toEqual(
      queries.map((query) => [...Float32Array.from(unit(vectorOf(query)))]),
    );
  });

  it("may reply out of order: its indexes decide", async () => {
    const reply = (request: ArrivedRequest): TestReply => {
      const { data } = embeddings(request).json as { data: unknown[] };
      return { json: { data: data.toReversed() } };
    };
    await using server = await startTestServer(reply);
    await using embedder = await openFor(server.url);
    const vectors = await embedder.embedQueries(["a", "bb", "ccc"]);
    expect(vectors.map((vector) => Math.round((vector[0] ?? 0) / (vector[2] ?? 1)))).toEqual([1, 2, 3]);
  });

  it("may reply in base64", async () => {
    const reply = (request: ArrivedRequest): TestReply => ({
      json: {
        data: inputOf(request).map((text, index) => ({
          index,
          embedding: Buffer.from(Float32Array.from(vectorOf(text)).buffer).toString("base64"),
        })),
      },
    });
    await using server = await startTestServer(reply);
    await using embedder = await openFor(server.url);
    const [vector] = await embedder.embedQueries(["abc def"]);
    expect([...(vector ?? [])]).toEqual([...Float32Array.from(unit(vectorOf("abc def")))]);
  });

  it.each([
    ["429 without Retry-After", { status: 429, json: { error: "slow down" } }],
    ["500", { status: 500, json: { error: "broken" } }],
    ["502", { status: 502, text: "<html>bad gateway</html>", headers: { "content-type": "text/html" } }],
    ["503", { status: 503, json: {} }],
    ["504", { status: 504, json: {} }],
    ["a reset in mid-body", { json: { data: [] }, fault: "reset" }],
    ["half a reply in JSON", { json: { data: [{ index: 0 }] }, fault: "cut" }],
  ] satisfies [string, TestReply][])("is asked again after %s", async (_, fault) => {
    await using server = await startTestServer(
      afterProbe((request, index) => (index === 0 ? fault : embeddings(request))),
    );
    await using embedder = await openFor(server.url);
    expect(await embedder.embedQueries(["fever"])).toHaveLength(1);
    expect(server.requests).toHaveLength(3);
  });

  it("is asked again no sooner than Retry-After says", async () => {
    await using server = await startTestServer(
      afterProbe((request, index) =>
        index === 0 ? { status: 429, json: {}, headers: { "retry-after": "1" } } : embeddings(request),
      ),
    );
    await using embedder = await openFor(server.url);
    const start = performance.now();
    await embedder.embedQueries(["fever"]);
    expect(performance.now() - start).toBeGreaterThan(950);
  });

  it("is not waited for where Retry-After asks for more than five minutes", async () => {
    await using server = await startTestServer(
      afterProbe(() => ({ status: 429, json: {}, headers: { "retry-after": "3600" } })),
    );
    await using embedder = await openFor(server.url);
    const error = await failureOf(embedder.embedQueries(["fever"]));
    expect(error).toMatchObject({ code: "service-refused", facts: { retryAfterMilliseconds: 3_600_000 } });
    expect(server.requests).toHaveLength(2);
  });

  it("is given up after the last attempt, with its own words and without the key", async () => {
    await using server = await startTestServer(
      afterProbe(() => ({ status: 503, json: { error: { message: `busy, key ${key}` } } })),
    );
    await using embedder = await openFor(server.url);
    const error = await failureOf(embedder.embedQueries(["fever"]));
    expect(error).toMatchObject({
      code: "service-refused",
      facts: { status: 503, serverMessage: "busy, key [key]" },
    });
    expect(server.requests).toHaveLength(1 + limits.attempts);
  });

  it.each([401, 403, 404, 422])("is not asked again after status %i", async (status) => {
    await using server = await startTestServer(() => ({ status, json: { detail: "no" } }));
    const error = await failureOf(openFor(server.url));
    expect(error).toMatchObject({ code: "service-refused", facts: { status } });
    expect(server.requests).toHaveLength(1);
  });

  it("is not followed to another host", async () => {
    await using server = await startTestServer(() => ({
      status: 307,
      json: {},
      headers: { location: "http://elsewhere.invalid/v1" },
    }));
    const error = await failureOf(openFor(server.url));
    expect(error).toMatchObject({ code: "service-refused", facts: { status: 307 } });
  });

  it.each([
    ["a web page", { text: "<html></html>", headers: { "content-type": "text/html" } }, "service-broken"],
    ["an object without data", { json: { object: "list" } }, "service-broken"],
    ["too few vectors", { json: { data: [{ index: 0, embedding: [1, 2, 3] }] } }, "service-broken"],
    [
      "an index twice",
      { json: { data: [0, 0].map((index) => ({ index, embedding: [1, 2, 3] })) } },
      "service-broken",
    ],
    [
      "an index beyond the texts",
      { json: { data: [0, 2].map((index) => ({ index, embedding: [1, 2, 3] })) } },
      "service-broken",
    ],
    [
      "a vector of another length",
      { json: { data: [3, 4].map((length, index) => ({ index, embedding: Array(length).fill(1) })) } },
      "vector-invalid",
    ],
    [
      "null instead of a number",
      { json: { data: [0, 1].map((index) => ({ index, embedding: [1, null, 3] })) } },
      "vector-invalid",
    ],
    [
      "a number beyond double precision",
      { text: '{"data":[{"index":0,"embedding":[1,1e999,3]},{"index":1,"embedding":[1,2,3]}]}' },
      "vector-invalid",
    ],
    [
      "a zero vector",
      { json: { data: [0, 1].map((index) => ({ index, embedding: [0, 0, 0] })) } },
      "vector-invalid",
    ],
    [
      "base64 of no floats",
      { json: { data: [0, 1].map((index) => ({ index, embedding: "AAAAAAA=" })) } },
      "service-broken",
    ],
  ] satisfies [string, TestReply, string][])(
    "gives nothing where it replies with %s",
    async (_, reply, code) => {
      await using server = await startTestServer(afterProbe(() => reply));
      await using embedder = await openFor(server.url);
      expect(await failureOf(embedder.embedQueries(["one", "two"]))).toMatchObject({ code });
      expect(server.requests).toHaveLength(2);
    },
  );

  it("gives nothing where NaN stands in its JSON", async () => {
    await using server = await startTestServer(
      afterProbe(() => ({ text: '{"data":[{"index":0,"embedding":[NaN,1,2]}]}' })),
    );
    await using embedder = await openFor(server.url);
    expect(await failureOf(embedder.embedQueries(["one"]))).toMatchObject({ code: "service-broken" });
  });

  it("is given up where it stalls, and where one attempt takes too long", async () => {
    await using server = await startTestServer(afterProbe(() => ({ json: { data: [] }, fault: "stall" })));
    const silent = await openFor(server.url, {
      limits: { ...limits, attempts: 1, idleTimeoutMilliseconds: 50 },
    });
    expect(await failureOf(silent.embedQueries(["one"]))).toMatchObject({
      code: "service-broken",
      facts: { idleTimeoutMilliseconds: 50 },
    });
    await using other = await startTestServer(afterProbe(() => ({ json: { data: [] }, fault: "stall" })));
    const late = await openFor(other.url, { limits: { ...limits, attempts: 1, timeoutMilliseconds: 100 } });
    expect(await failureOf(late.embedQueries(["one"]))).toMatchObject({
      code: "service-broken",
      facts: { timeoutMilliseconds: 100 },
    });
  });

  it("may start again between two requests", async () => {
    const first = await startTestServer(embeddings);
    const port = Number(new URL(first.url).port);
    await using embedder = await openFor(first.url, {
      limits: { ...limits, attempts: 20, pauseMilliseconds: 20 },
    });
    await first[Symbol.asyncDispose]();
    const vectors = embedder.embedQueries(["fever"]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await using second = await startTestServer(embeddings, port);
    expect(await vectors).toHaveLength(1);
    expect(second.requests).toHaveLength(1);
  });

  it("is unreachable where nothing listens", async () => {
    const server = await startTestServer(embeddings);
    await server[Symbol.asyncDispose]();
    expect(await failureOf(openFor(server.url))).toMatchObject({ code: "service-unreachable" });
  });

  it("is left at once when the signal says so, with the signal's reason", async () => {
    await using server = await startTestServer(afterProbe(() => ({ status: 503, json: {} })));
    await using embedder = await openFor(server.url, {
      limits: { attempts: 100, pauseMilliseconds: 20_000 },
    });
    const controller = new AbortController();
    const vectors = failureOf(embedder.embedQueries(["fever"], controller.signal));
    await expect.poll(() => server.requests.length).toBe(2);
    const reason = new Error("enough");
    controller.abort(reason);
    expect(await vectors).toBe(reason);
    expect(await failureOf(embedder.embedQueries(["fever"], controller.signal))).toBe(reason);
  });
});

describe("a TEI server", () => {
  it("names its model, whose family decides the prefixes, and is told to cut long texts", async () => {
    await using server = await startTestServer(({ path, body }) =>
      path === "/info"
        ? { json: { model_id: "BAAI/bge-small-en-v1.5", model_sha: "5c38ec7" } }
        : { json: (body as { inputs: string[] }).inputs.map(vectorOf) },
    );
    await using embedder = await createTextEmbedder({ source: `tei:${server.url}/`, limits });
    await embedder.embedQueries(["fever"]);
    expect(embedder).toMatchObject({ id: "BAAI/bge-small-en-v1.5", dimension: 3 });
    expect(server.requests.at(-1)).toMatchObject({
      path: "/embed",
      body: {
        inputs: ["Represent this sentence for searching relevant passages: fever"],
        truncate: true,
        normalize: true,
      },
    });
  });

  it("gives nothing where a vector is missing, or where it is no embedding server", async () => {
    await using server = await startTestServer((_, index) => ({
      json: index < 2 ? [[1, 2]] : { error: "no" },
    }));
    await using embedder = await createTextEmbedder({ source: `tei:${server.url}#test`, limits });
    expect(await failureOf(embedder.embedQueries(["one", "two"]))).toMatchObject({ code: "service-broken" });
    expect(await failureOf(embedder.embedQueries(["one"]))).toMatchObject({ code: "service-broken" });
    await using other = await startTestServer(() => ({ json: { name: "something else" } }));
    const error = await failureOf(createTextEmbedder({ source: `tei:${other.url}`, limits }));
    expect(error).toMatchObject({
      code: "service-broken",
      facts: { what: "does not say which model it serves" },
    });
  });

  it("is refused for models that read pairs", async () => {
    const error = await failureOf(
      createTextEmbedder({ source: "tei:http://127.0.0.1:1#ncbi/MedCPT-Article-Encoder" }),
    );
    expect(error).toMatchObject({ code: "model-source-invalid", facts: { family: "medcpt" } });
  });
});

describe("a reranking server", () => {
  const passages = [
    { title: "", text: "one" },
    { title: "Longer", text: "than one" },
    { title: "Why?", text: "because" },
  ];
  const texts = ["one", "Longer. than one", "Why? because"];

  it("with TEI's protocol gives each passage its score, however it sorts them", async () => {
    await using server = await startTestServer(({ path, body }) =>
      path === "/info"
        ? { json: { model_id: "BAAI/bge-reranker-base" } }
        : {
            json: (body as { texts: string[] }).texts
              .map((text, index) => ({ index, score: -text.length }))
              .toSorted((a, b) => b.score - a.score),
          },
    );
    await using reranker = await createReranker({
      source: `tei:${server.url}`,
      limits: { ...limits, batchSize: 2 },
    });
    expect(reranker.id).toBe("BAAI/bge-reranker-base");
    expect(await reranker.rerank({ query: "q", passages })).toEqual(texts.map((text) => -text.length));
    expect(server.requests.slice(1).map(({ body }) => body)).toEqual([
      { query: "q", texts: texts.slice(0, 2), truncate: true, raw_scores: true },
      { query: "q", texts: texts.slice(2), truncate: true, raw_scores: true },
    ]);
  });

  it("with Cohere's and Jina's protocol gives each passage its score", async () => {
    await using server = await startTestServer(({ body }) => ({
      json: {
        results: (body as { documents: string[] }).documents
          .map((text, index) => ({ index, relevance_score: text.length / 100 }))
          .toReversed(),
      },
    }));
    await using reranker = await createReranker({
      source: `cohere:${server.url}/v2#rerank-v3.5`,
      apiKey: key,
      limits,
    });
    expect(await reranker.rerank({ query: "q", passages })).toEqual(texts.map((text) => text.length / 100));
    expect(server.requests).toMatchObject([
      {
        path: "/v2/rerank",
        authorization: `Bearer ${key}`,
        body: { model: "rerank-v3.5", query: "q", documents: texts, top_n: 3 },
      },
    ]);
  });

  it("is not asked about nothing", async () => {
    await using reranker = await createReranker({ source: "cohere:http://127.0.0.1:1/v1#m" });
    expect(await reranker.rerank({ query: "q", passages: [] })).toEqual([]);
  });

  it.each([
    ["too few scores", [{ index: 0, relevance_score: 1 }], "service-broken"],
    ["null as a score", [0, 1, 2].map((index) => ({ index, relevance_score: null })), "score-invalid"],
    ["a text as a score", [0, 1, 2].map((index) => ({ index, relevance_score: "1" })), "score-invalid"],
    ["no index", [0, 1, 2].map(() => ({ relevance_score: 1 })), "service-broken"],
  ])("gives nothing where it replies with %s", async (_, results, code) => {
    await using server = await startTestServer(() => ({ json: { results } }));
    await using reranker = await createReranker({ source: `cohere:${server.url}/v1#m`, limits });
    expect(await failureOf(reranker.rerank({ query: "q", passages }))).toMatchObject({ code });
  });
});
