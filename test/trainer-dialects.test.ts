import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "./support/http-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

async function ask(path: string, body: unknown): Promise<{ status: number; reply: Record<string, unknown> }> {
  const response = await server.post(path, body);
  return { status: response.status, reply: (await response.json()) as Record<string, unknown> };
}

describe("the dialect of R1-Searcher and Med-RwR, /queries", () => {
  it("answers each query in its place, with three passages at most where k is missing", async () => {
    const asked = ["pleural effusion", "zzz-unknown", "small nodule", ""];
    const { status, reply } = await ask("/queries", { queries: asked });
    expect(status).toBe(200);
    expect(reply.queries).toEqual(asked);
    const answers = reply.answers as string[][];
    expect(answers.map((list) => list.length)).toEqual([1, 0, 1, 0]);
    expect(answers[0]?.[0]).toContain("costophrenic angle");
    expect(answers[2]?.[0]).toContain("nodule");
  });

  it("keeps a passage's own leading digits from the clients that strip a row id", async () => {
    const { reply } = await ask("/queries", { queries: ["effusion"], k: 1 });
    const [[first = ""] = []] = reply.answers as string[][];
    const stripped = first.replace(/^\d+\s+/, "");
    expect(first).toMatch(/^1\t/);
    expect(stripped).toMatch(/^Blunting of the costophrenic angle/);
  });

  it("takes no passages and more than there are", async () => {
    expect((await ask("/queries", { queries: ["effusion"], k: 0 })).reply.answers).toEqual([[]]);
    expect((await ask("/queries", { queries: ["effusion"], k: 100 })).reply.answers).toMatchObject([
      [expect.any(String)],
    ]);
    expect((await ask("/queries", { queries: [], k: 3 })).reply).toEqual({ queries: [], answers: [] });
  });

  it.each([[{}], [{ queries: "effusion" }], [{ queries: [7] }], [{ queries: ["x"], k: -1 }], ["{"]])(
    "refuses %j",
    async (body) => {
      expect(await ask("/queries", body)).toMatchObject({
        status: 400,
        reply: { error: { code: "request-invalid" } },
      });
    },
  );
});

describe("a batch of a trainer", () => {
  it.each(["/queries", "/retrieve"])(
    "is refused at %s where it asks for more passages than a reply may hold",
    async (path) => {
      const body = { queries: Array(101).fill("effusion"), k: 100, topk: 100 };
      expect(await ask(path, body)).toMatchObject({
        status: 413,
        reply: { error: { code: "request-too-large" } },
      });
    },
  );
});

describe("the dialect of Search-R1 and verl, /retrieve", () => {
  it("gives documents whose first line is the title, without a wrapper", async () => {
    const { reply } = await ask("/retrieve", { queries: ["pleural effusion", "zzz"], topk: 2 });
    expect(reply.result).toEqual([
      [
        {
          id: expect.stringContaining("effusion"),
          contents: expect.stringMatching(/^"Pleural effusion"\nBlunting/),
        },
      ],
      [],
    ]);
  });

  it("wraps each document with its score on request, and takes a missing topk", async () => {
    const { reply } = await ask("/retrieve", {
      queries: ["pleural effusion"],
      topk: null,
      return_scores: true,
    });
    const [[hit]] = reply.result as [[{ document: { id: string }; score: number }]];
    expect(hit.document.id).toContain("effusion");
    expect(hit.score).toBeGreaterThan(0);
  });

  it("answers a batch of a hundred queries in order", async () => {
    const queries = Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? "effusion" : "nodule"));
    const { reply } = await ask("/retrieve", { queries, topk: 1 });
    const ids = (reply.result as { id: string }[][]).map(([first]) => first?.id);
    expect(ids.every((id, index) => id?.includes(index % 2 === 0 ? "effusion" : "nodule"))).toBe(true);
  });
});
