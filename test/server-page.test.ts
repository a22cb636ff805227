import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectFailure, startTestServer, type TestServer } from "./support/http-server.ts";
import { projectRoot } from "./support/run-cli.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

describe("the page", () => {
  it("says how to build it where it is missing", async () => {
    const response = await server.get("/");
    expect([response.status, response.headers.get("content-type")]).toEqual([
      503,
      "text/plain; charset=utf-8",
    ]);
    expect(await response.text()).toContain("Build it with: npm run build:page.");
  });

  it("is served compressed, its hashed files for good and its entry anew, and nothing beside it", async () => {
    const folder = join(server.folder, "page");
    const script = "console.log('page');".repeat(500);
    await mkdir(join(folder, "assets"), { recursive: true });
    await writeFile(join(folder, "index.html"), "<!doctype html><title>One</title>");
    await writeFile(join(folder, "assets/index-abc.js"), script);
    await writeFile(join(server.folder, "secret.txt"), "secret");
    const entry = await server.get("/");
    expect(await entry.text()).toContain("One");
    expect(entry.headers.get("cache-control")).toBe("private, no-cache");
    for (const encoding of ["br", "gzip", "identity"]) {
      const response = await server.get("/assets/index-abc.js", { headers: { "accept-encoding": encoding } });
      expect(response.headers.get("content-encoding")).toBe(encoding === "identity" ? null : encoding);
      expect(Number(response.headers.get("content-length")) < 500).toBe(encoding !== "identity");
      expect(response.headers.get("cache-control")).toContain("immutable");
      expect(response.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
      expect(await response.text()).toBe(script);
    }
    const tag = entry.headers.get("etag") ?? "";
    expect((await server.get("/", { headers: { "if-none-match": tag } })).status).toBe(304);
    await writeFile(join(folder, "index.html"), "<!doctype html><title>Changed</title>");
    expect(await (await server.get("/", { headers: { "if-none-match": tag } })).text()).toContain("Changed");
    for (const path of [
      "/..%2fsecret.txt",
      "/%2e%2e/secret.txt",
      "/assets",
      "/assets/",
      "/none.js",
      "/a%00b",
    ]) {
      await expectFailure(await server.get(path), 404, "route-missing");
    }
  });
});

describe("the description of the interface", () => {
  it("is what docs/openapi.json says (vitest run test/server-page.test.ts -u writes it anew)", async () => {
    const described: unknown = await (await server.get("/openapi.json")).json();
    const text = `${JSON.stringify(described, null, 2)}\n`;
    await expect(text).toMatchFileSnapshot(join(projectRoot, "docs/openapi.json"));
  });

  it("is OpenAPI 3.2 with streams, each reference leading somewhere and each route being there", async () => {
    const text = await (await server.get("/openapi.json")).text();
    const { openapi, paths, components } = JSON.parse(text) as {
      openapi: string;
      paths: Record<string, Record<string, { operationId: string; responses: Record<string, object> }>>;
      components: { schemas: Record<string, object> };
    };
    expect(openapi).toBe("3.2.0");
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target);
    expect(references.length).toBeGreaterThan(20);
    const known = Object.keys(components.schemas).map((name) => `#/components/schemas/${name}`);
    expect(references.filter((target) => !known.includes(target ?? ""))).toEqual([]);
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(operations).toEqual([
      "post /v1/rounds",
      "get /v1/rounds/{id}",
      "delete /v1/rounds/{id}",
      "get /v1/rounds/{id}/images/{number}",
      "post /v1/search",
      "post /v1/compare",
      "post /queries",
      "post /retrieve",
      "post /v1/retrieve",
      "post /biomedclip",
      "post /v1/score",
      "post /get_reward",
      "post /verify",
      "get /v1/evidence/{id}",
      "get /v1/cases/{id}/image",
      "get /v1/cases/values",
      "get /v1/system",
      "get /v1/demo/images/{name}",
      "get /v1/notice",
      "get /health",
      "get /v1/health",
      "get /metrics",
    ]);
    const ids = Object.values(paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(operations.length);
    expect(JSON.stringify(paths["/v1/rounds/{id}"])).toContain('"itemSchema"');
    expect(Object.keys(paths["/v1/rounds"]?.post?.responses ?? {})).toEqual(
      expect.arrayContaining(["200", "202", "400", "401", "403", "413", "415", "503"]),
    );
  });
});
