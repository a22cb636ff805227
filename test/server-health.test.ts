import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openLibraryAt } from "../src/assembly/index.ts";
import { expectFailure, startTestServer, type TestServer, until } from "./support/http-server.ts";
import { makeFolder, removeFolder } from "./support/run-cli.ts";

let server: TestServer;
const notices: string[] = [];

beforeAll(async () => {
  server = await startTestServer({
    emptyResultsAlarm: { share: 0.5, window: 20, atLeast: 10 },
    onNotice: (line) => notices.push(line),
  });
});
afterAll(() => server[Symbol.asyncDispose]());

type Health = { status: string; emptyResults: { share: number; alarm: boolean } };
const health = async (from = server) => (await (await from.get("/health")).json()) as Health;
const isReady = async (from = server) => (await from.get("/health")).status === 200;
const readMetrics = async () => (await server.get("/metrics")).text();
const query = (queries: string[], k = 3) => server.post("/queries", { queries, k });

describe("health", () => {
  it("is 200 once a search was answered, at every address that launchers poll, with counts and retriever", async () => {
    await until(isReady);
    for (const path of ["/health", "/health/", "/v1/health"]) {
      const response = await server.get(path);
      expect([path, response.status]).toEqual([path, 200]);
      expect(await response.json()).toEqual({
        status: "ok",
        library: { passages: 2, cases: 3 },
        retriever: "bm25",
        rounds: { running: 0, waiting: 0 },
        emptyResults: { share: 0, queries: 0, alarm: false, threshold: 0.5 },
      });
    }
  });

  it("is 503 with the reason over an empty library, since every search of a trainer would come back empty", async () => {
    const folder = await makeFolder("empty");
    const library = await openLibraryAt(join(folder, "library"), { create: true });
    {
      await using empty = await startTestServer({ library });
      await until(async () => (await health(empty)).status === "failed");
      const response = await empty.get("/health");
      expect(response.status).toBe(503);
      expect(await response.json()).toMatchObject({
        failure: { code: "library-empty", cure: expect.stringMatching(/./) },
      });
    }
    library[Symbol.dispose]();
    await removeFolder(folder);
  });
});

describe("the alarm of empty results", () => {
  it("is one line when it begins and one when it ends, and stands in health and metrics between", async () => {
    await query(Array(9).fill("zzz"));
    expect(notices).toEqual([]);
    await query(["zzz", "zzz"]);
    await query(["zzz"]);
    expect(notices).toEqual([expect.stringMatching(/^Alarm: 100 % of the last 10 queries found nothing/)]);
    expect((await health()).emptyResults).toEqual({ share: 1, queries: 12, alarm: true, threshold: 0.5 });
    expect(await readMetrics()).toMatch(/^medrounds_empty_results_alarm 1$/m);
    await server.post("/retrieve", { queries: Array(20).fill("effusion") });
    expect(notices).toHaveLength(2);
    expect(notices[1]).toContain("is over");
    expect((await health()).emptyResults).toMatchObject({ share: 0, alarm: false });
    expect(await readMetrics()).toMatch(/^medrounds_empty_results_alarm 0$/m);
  });

  it("does not count queries that asked for no passages", async () => {
    await query(Array(20).fill("zzz"), 0);
    expect((await health()).emptyResults).toMatchObject({ share: 0, alarm: false });
  });
});

describe("metrics", () => {
  it("count requests, queries, empty results, errors and latencies by dialect", async () => {
    await using fresh = await startTestServer({ limits: { queryCharacters: 50 } });
    await until(() => isReady(fresh));
    await fresh.post("/queries", { queries: ["effusion", "zzz", "x".repeat(60)] });
    await fresh.post("/retrieve", { queries: ["nodule"] });
    await fresh.post("/v1/retrieve", { queries: [1] });
    await fresh.get("/v1/none");
    const response = await fresh.get("/metrics");
    expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    const text = await response.text();
    for (const line of [
      'medrounds_http_requests_total{route="/queries",status="200"} 1',
      'medrounds_http_requests_total{route="/v1/retrieve",status="400"} 1',
      'medrounds_http_request_seconds_count{route="/retrieve"} 1',
      'medrounds_http_request_seconds_bucket{route="/queries",le="+Inf"} 1',
      'medrounds_http_in_flight{route="/queries"} 0',
      'medrounds_queries_total{route="/queries"} 3',
      'medrounds_empty_queries_total{route="/queries"} 2',
      'medrounds_empty_queries_total{route="/retrieve"} 0',
      'medrounds_cut_queries_total{route="/queries"} 1',
      'medrounds_errors_total{code="request-invalid"} 1',
      'medrounds_errors_total{code="route-missing"} 1',
      "medrounds_empty_results_window 4",
      'medrounds_rounds{state="running"} 0',
      'medrounds_library_entries{kind="passages"} 2',
      "medrounds_ready 1",
    ]) {
      expect(text.split("\n")).toContain(line);
    }
    expect(text).toMatch(/^medrounds_build_info\{version="[^"]+",retriever="bm25"\} 1$/m);
  });

  it("and health ask for the token like everything else", async () => {
    await using guarded = await startTestServer({ token: "secret" });
    for (const path of ["/metrics", "/health", "/v1/health"]) {
      await expectFailure(await guarded.get(path), 401, "token-missing");
      const headers = { authorization: "Bearer secret" };
      expect((await guarded.get(path, { headers })).status).not.toBe(401);
    }
  });
});
