import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { htmlPage, listen, type ScriptedWeb, startScriptedWeb } from "../../../test/support/scripted-web.ts";
import { type Network, publicNetwork, requestPage } from "./request-page.ts";

let web: ScriptedWeb;
let asked: string[];
beforeEach(async () => {
  web = await startScriptedWeb();
  asked = [];
});
afterEach(() => web[Symbol.asyncDispose]());

/** A network in which names lead to the loopback; `answers` are those of a name, one a question. */
function networkOf(answers: readonly (readonly string[])[] = [["127.0.0.1"]]): Network {
  return {
    allowsLoopback: true,
    timeLimit: 5_000,
    resolve: async (host) => {
      asked.push(host);
      return answers[Math.min(asked.length, answers.length) - 1] ?? [];
    },
  };
}

async function read(
  path: string,
  given: { network?: Network; signal?: AbortSignal; admit?: (url: URL) => void } = {},
) {
  const { network = networkOf(), signal = new AbortController().signal, admit = () => {} } = given;
  const { told, tell } = listen();
  const address = path.startsWith("/") ? `http://page.test:${web.port}${path}` : path;
  const page = await requestPage({ address, network, admit, tell, signal });
  return { ...page, text: new TextDecoder().decode(page.content), told };
}
const refusal = (code: string) => expect.objectContaining({ code });

describe("a page", () => {
  it("is asked for by its name at the address that was checked, without cookie or referrer, and told before", async () => {
    web.replies.set("/a", htmlPage("<p>Words.</p>"));
    const { text, type, charset, told } = await read("/a");
    expect([type, charset]).toEqual(["text/html", "utf-8"]);
    expect(text).toContain("Words.");
    const { headers } = web.requests[0]!;
    expect(headers.host).toBe(`page.test:${web.port}`);
    expect(headers).not.toHaveProperty("cookie");
    expect(headers).not.toHaveProperty("referer");
    expect(headers).not.toHaveProperty("authorization");
    const characters = `http://page.test:${web.port}/a`.length;
    expect(told).toEqual([{ host: `page.test:${web.port}`, loopback: true, images: 0, characters }]);
  });

  it("has its name resolved once: an answer that changes later is never asked for", async () => {
    web.replies.set("/a", htmlPage("<p>Words.</p>"));
    const network = networkOf([["127.0.0.1"], ["10.0.0.1"]]);
    expect((await read("/a", { network })).text).toContain("Words.");
    expect(asked).toEqual(["page.test"]);
  });

  it.each([[["10.0.0.1"]], [["8.8.8.8", "192.168.0.1"]], [["169.254.169.254"]], [["::ffff:10.0.0.1"]]])(
    "is not asked for where its name leads to %j",
    async (addresses) => {
      await expect(read("/a", { network: networkOf([addresses]) })).rejects.toEqual(
        refusal("web-page-refused"),
      );
    },
  );

  it("is not read from this machine unless a test allows it", async () => {
    web.replies.set("/a", htmlPage("<p>Words.</p>"));
    const network = { ...publicNetwork, resolve: async () => ["127.0.0.1"] };
    await expect(read("http://page.example.org/a", { network })).rejects.toEqual(refusal("web-page-refused"));
    await expect(read("/a", { network })).rejects.toEqual(refusal("web-page-refused"));
    expect(web.requests).toEqual([]);
  });

  it("is followed where it moved, every hop checked, told and admitted", async () => {
    web.replies.set("/a", { status: 301, headers: { location: "/b" }, body: "" });
    web.replies.set("/b", {
      status: 302,
      headers: { location: `http://other.test:${web.port}/c` },
      body: "",
    });
    web.replies.set("/c", htmlPage("<p>Here.</p>"));
    const admitted: string[] = [];
    const { address, told } = await read("/a", { admit: ({ hostname }) => void admitted.push(hostname) });
    expect(address).toBe(`http://other.test:${web.port}/c`);
    expect(asked).toEqual(["page.test", "page.test", "other.test"]);
    expect(admitted).toEqual(asked);
    expect(told).toHaveLength(3);
  });

  it.each([
    "file:///etc/passwd",
    "http://user:word@page.test/",
    "javascript:alert(1)",
    "http://[::ffff:169.254.169.254]/latest/meta-data",
    "http://192.168.0.1/",
  ])("is not followed to %s", async (location) => {
    web.replies.set("/a", { status: 302, headers: { location }, body: "" });
    await expect(read("/a")).rejects.toEqual(refusal("web-page-refused"));
    expect(web.requests).toHaveLength(1);
  });

  it("is not followed to a name that leads to a private address, nor in circles", async () => {
    web.replies.set("/a", { status: 302, headers: { location: "http://inside.test/" }, body: "" });
    const network = networkOf([["127.0.0.1"], ["172.16.0.9"]]);
    await expect(read("/a", { network })).rejects.toEqual(refusal("web-page-refused"));
    web.replies.set("/round", { status: 302, headers: { location: "/round" }, body: "" });
    await expect(read("/round")).rejects.toEqual(refusal("web-page-unreadable"));
  });

  it("is unpacked", async () => {
    const body = "<p>Packed.</p>";
    const packed = { gzip: gzipSync(body), br: brotliCompressSync(body) };
    for (const [encoding, content] of Object.entries(packed)) {
      web.replies.set("/a", { type: "text/html", headers: { "content-encoding": encoding }, body: content });
      expect((await read("/a")).text).toBe(body);
    }
  });

  it.each([
    ["too large", { type: "text/html", body: "x".repeat(2 * 1024 * 1024 + 1) }, "web-page-refused"],
    [
      "a bomb",
      {
        type: "text/html",
        headers: { "content-encoding": "gzip" },
        body: gzipSync(Buffer.alloc(200 * 1024 * 1024)),
      },
      "web-page-refused",
    ],
    [
      "packed twice",
      { type: "text/html", headers: { "content-encoding": "gzip, gzip" }, body: "x" },
      "web-page-refused",
    ],
    [
      "damaged",
      { type: "text/html", headers: { "content-encoding": "gzip" }, body: "no gzip" },
      "web-page-unreadable",
    ],
    ["a picture", { type: "image/png", body: "x" }, "web-page-refused"],
    ["of no type", { type: "", body: "x" }, "web-page-refused"],
    ["missing", { status: 404, type: "text/html", body: "x" }, "web-page-unreadable"],
  ])("that is %s is given up", async (_what, reply, code) => {
    web.replies.set("/a", reply);
    await expect(read("/a")).rejects.toEqual(refusal(code));
  });

  it("that is announced or comes without an end is given up at its limit", async () => {
    web.replies.set("/endless", (response) => {
      response.writeHead(200, { "content-type": "text/html" });
      const more = () => {
        while (!response.destroyed && response.write("x".repeat(64 * 1024)));
      };
      response.on("drain", more);
      more();
    });
    await expect(read("/endless")).rejects.toEqual(refusal("web-page-refused"));
  });

  it("that is silent or drips is given up in time, and at once when the round ends", async () => {
    web.replies.set("/silent", () => {});
    web.replies.set("/drips", (response) => {
      response.writeHead(200, { "content-type": "text/html" });
      const timer = setInterval(() => response.write("x"), 10);
      response.on("close", () => clearInterval(timer));
    });
    const network = { ...networkOf(), timeLimit: 100 };
    for (const path of ["/silent", "/drips"]) {
      await expect(read(path, { network })).rejects.toEqual(refusal("web-page-unreadable"));
    }
    const never = { ...networkOf(), timeLimit: 100, resolve: () => new Promise<string[]>(() => {}) };
    await expect(read("/a", { network: never })).rejects.toEqual(refusal("web-page-unreadable"));
    const ending = new AbortController();
    const reading = read("/silent", { signal: ending.signal });
    setTimeout(() => ending.abort(new Error("over")), 30);
    await expect(reading).rejects.toThrow("over");
  });
});
