import { connect } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type RunningServer, startServer } from "../src/server/index.ts";
import { expectFailure, sendRaw, startTestServer, type TestServer } from "./support/http-server.ts";

let server: TestServer;
let guarded: TestServer;
const token = "a token; with = signs “and more”";
const megabyte = 1024 * 1024;
const stderr = vi.spyOn(process.stderr, "write");

beforeAll(async () => {
  server = await startTestServer({ limits: { bodyBytes: 2 * megabyte } });
  guarded = await startTestServer({ token });
});
afterAll(async () => {
  await guarded[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
  expect(stderr.mock.calls).toEqual([]);
});

async function codeOf(sent: Promise<{ status: number; text: string }>): Promise<string> {
  const { status, text } = await sent;
  return status === 200 ? "ok" : `${status} ${(JSON.parse(text) as { error: { code: string } }).error.code}`;
}

describe("every response", () => {
  it("forbids what is not our own, to be framed, and to be read by other sites", async () => {
    for (const path of ["/", "/health", "/v1/none", "/openapi.json", "/v1/rounds/x"]) {
      const { headers } = await server.get(path, { headers: { origin: "http://evil.example" } });
      expect(headers.get("content-security-policy"), path).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; " +
          "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      );
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
      expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
      expect(headers.get("cache-control")).toBe("no-store");
      expect([...headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
  });

  it("is an error with a code where no route fits", async () => {
    for (const [method, path] of [
      ["GET", "/v1"],
      ["PUT", "/v1/rounds"],
      ["OPTIONS", "/v1/rounds"],
      ["GET", "/v1/search"],
    ]) {
      await expectFailure(await server.get(path ?? "", { method: method ?? "" }), 404, "route-missing");
    }
  });
});

describe("who may ask", () => {
  it("must name this machine: another host's name is refused, however it is written", async () => {
    const { port } = new URL(server.url);
    for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1.evil.example", "[::2]"]) {
      expect(await codeOf(sendRaw(server.url, { headers: { host } })), host).toBe("403 host-refused");
    }
    for (const host of ["localhost", `localhost:${port}`, "127.0.0.1", "127.8.9.1", "[::1]:1"]) {
      expect(await codeOf(sendRaw(server.url, { headers: { host } })), host).toBe("ok");
    }
    for (const host of ["a b", "%", "[", "a/b", "user@127.0.0.1"]) {
      expect(await codeOf(sendRaw(server.url, { headers: { host } })), host).toMatch(/^40[03] /);
    }
  });

  it("must not change anything from another site's page", async () => {
    const send = (headers: Record<string, string>) =>
      codeOf(sendRaw(server.url, { method: "DELETE", path: `/v1/rounds/${crypto.randomUUID()}`, headers }));
    const { host } = new URL(server.url);
    for (const origin of ["http://evil.example", "null", `http://127.0.0.1:1`, "http://localhost", "x"]) {
      expect(await send({ host, origin }), origin).toBe("403 host-refused");
    }
    expect(await send({ host, "sec-fetch-site": "cross-site" })).toBe("403 host-refused");
    expect(await send({ host, origin: server.url, "sec-fetch-site": "same-origin" })).toBe(
      "404 round-missing",
    );
  });

  it("must carry the token where there is one, on every address", async () => {
    for (const path of ["/", "/health", "/v1/system", "/openapi.json", "/none", "/v1/rounds?token=x"]) {
      const response = await guarded.get(path, { headers: { authorization: "Bearer wrong" } });
      expect(response.headers.get("www-authenticate")).toBe("Bearer");
      await expectFailure(response, 401, "token-missing");
    }
    await expectFailure(await guarded.get("/?token=wrong"), 401, "token-missing");
    await expectFailure(await guarded.post("/v1/rounds", {}), 401, "token-missing");
  });

  it("is let in by a header, or by the cookie that the printed address sets", async () => {
    const plain = await startTestServer({ token: "plain-token" });
    const authorization = "Bearer plain-token";
    expect((await plain.get("/v1/notice", { headers: { authorization } })).status).toBe(200);
    await plain[Symbol.asyncDispose]();

    const visit = await guarded.get(`/?token=${encodeURIComponent(token)}`, { redirect: "manual" });
    expect([visit.status, visit.headers.get("location")]).toEqual([303, "/"]);
    const [cookie = "", ...attributes] = (visit.headers.get("set-cookie") ?? "").split("; ");
    expect(attributes).toEqual(["Path=/", "HttpOnly", "SameSite=Strict"]);
    expect(cookie).not.toContain("token");
    expect((await guarded.get("/v1/notice", { headers: { cookie: `a=b; ${cookie}; c=d` } })).status).toBe(
      200,
    );
    for (const forged of [`${cookie}0`, `x${cookie}`, cookie.replace(/=.*/, "=")]) {
      await expectFailure(
        await guarded.get("/health", { headers: { cookie: forged } }),
        401,
        "token-missing",
      );
    }
  });

  it("needs a token where the address can be reached by others, and the server does not listen without one", async () => {
    const open = (host: string, given?: string): Promise<RunningServer> =>
      startServer({
        library: server.small.library,
        policy: { policy: "reader" },
        host,
        port: 0,
        pageFolder: server.folder,
        roundsFolder: server.folder,
        ...(given === undefined ? {} : { token: given }),
      });
    for (const host of ["0.0.0.0", "::", "192.0.2.1", "localhost.example"]) {
      await expect(open(host), host).rejects.toMatchObject({ code: "token-needed" });
      await expect(open(host, ""), host).rejects.toMatchObject({ code: "token-needed" });
    }
    await expect(open("192.0.2.1", "t")).rejects.toMatchObject({ code: "usage-invalid" });
  });
});

describe("hostile requests", () => {
  it("that are too large are refused, also where they do not say how large they are", async () => {
    const { host } = new URL(server.url);
    const body = Buffer.alloc(3 * megabyte, "a");
    const headers = { host, "content-type": "application/json" };
    const path = "/v1/rounds";
    const known = { ...headers, "content-length": String(body.length) };
    expect(await codeOf(sendRaw(server.url, { method: "POST", path, headers: known, body }))).toBe(
      "413 request-too-large",
    );
    const chunked = { ...headers, "transfer-encoding": "chunked" };
    expect(await codeOf(sendRaw(server.url, { method: "POST", path, headers: chunked, body }))).toBe(
      "413 request-too-large",
    );
  });

  it("that end too early or never were HTTP leave the server as it was", async () => {
    const { hostname, port, host } = new URL(server.url);
    const start = `POST /v1/rounds HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n`;
    const pieces = [
      `${start}Content-Length: 100\r\n\r\n{"que`,
      `${start}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
      "\0\u0001",
      start,
    ];
    for (const piece of pieces) {
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), hostname, () =>
          socket.write(piece, () => setTimeout(() => socket.destroy(), 20)),
        );
        socket.on("error", () => {}).on("close", () => resolve());
      });
    }
    expect((await server.get("/v1/notice")).status).toBe(200);
  });

  it("are answered without a defect and without a hint at this machine's folders, whatever they hold", async () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: "binary" }));
    const segment = fc.oneof(
      fc.constantFrom(
        "v1",
        "rounds",
        "evidence",
        "cases",
        "image",
        "images",
        "demo",
        "search",
        "..",
        "%2e%2e",
        "%00",
        "%ff",
        ".",
        "",
      ),
      text.map((part) => encodeURIComponent(part.toWellFormed())),
      fc.webPath(),
    );
    const path = fc.array(segment, { maxLength: 6 }).map((segments) => `/${segments.join("/")}`);
    const known = fc.constantFrom(
      "/v1/rounds",
      "/v1/search",
      "/v1/evidence/x",
      "/v1/cases/x/image?size=full",
      "/",
    );
    const json = fc.oneof(
      fc.jsonValue(),
      fc.record({
        question: fc.oneof(text, fc.integer()),
        options: fc.jsonValue(),
        images: fc.jsonValue(),
        seed: fc.double(),
      }),
      fc.record({ text, top: fc.integer(), image: fc.record({ name: text, base64: fc.base64String() }) }),
    );
    const form = fc.tuple(text, text).map(([name, value]) => {
      return `--b\r\nContent-Disposition: form-data; name="${name}"; filename="${value}"\r\n\r\n${value}\r\n--b--\r\n`;
    });
    const body = fc.oneof(
      json.map((value) => JSON.stringify(value)),
      text,
      form,
    );
    const type = fc.constantFrom(
      "application/json",
      "multipart/form-data; boundary=b",
      "multipart/form-data",
      "text/plain",
      "",
    );
    const headerValue = fc.string({ unit: fc.constantFrom(...' !"#;=,/abc019') });
    const headers = fc.dictionary(
      fc.constantFrom(
        "accept",
        "last-event-id",
        "prefer",
        "cookie",
        "authorization",
        "if-none-match",
        "accept-encoding",
        "origin",
      ),
      headerValue,
    );
    const method = fc.constantFrom("GET", "POST", "DELETE", "PUT", "PATCH", "HEAD");
    const folder = server.folder;
    await fc.assert(
      fc.asyncProperty(
        fc.record({ method, path: fc.oneof(known, path), body, type, headers }),
        async ({ type: contentType, ...request }) => {
          const sent = {
            ...request,
            path: request.path.replace(/[^!-~]/g, "_"),
            body: request.method === "GET" || request.method === "HEAD" ? "" : request.body,
            headers: {
              ...request.headers,
              host: "localhost",
              ...(contentType ? { "content-type": contentType } : {}),
            },
          };
          const response = await sendRaw(server.url, sent);
          // 503 is the page that is not built.
          expect(response.status === 503 || response.status < 500, JSON.stringify(response)).toBe(true);
          expect(response.text).not.toContain(folder);
          if (response.status >= 400 && request.method !== "HEAD")
            expect(response.text).toMatch(/[a-z]+-[a-z]+/);
        },
      ),
      { numRuns: 600 },
    );
  });
});
