import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { listen, type ScriptedWeb, startScriptedWeb } from "../../../test/support/scripted-web.ts";
import { askForJson } from "./ask-service.ts";

let web: ScriptedWeb;
beforeEach(async () => {
  web = await startScriptedWeb();
});
afterEach(() => web[Symbol.asyncDispose]());

const ask = (path = "/search", signal = new AbortController().signal, tell = listen().tell) =>
  askForJson({
    url: `${web.url}${path}?key=secret`,
    characters: 3,
    tell,
    signal,
    schema: z.object({ results: z.array(z.string()) }),
  });

describe("a request to a search service", () => {
  it("leaves only when it has been told", async () => {
    web.replies.set("/search", { body: '{"results":["a"]}' });
    const { promise, resolve } = Promise.withResolvers<void>();
    const asked = ask("/search", undefined, () => promise);
    await new Promise((wake) => setTimeout(wake, 30));
    expect(web.requests).toEqual([]);
    resolve();
    expect(await asked).toEqual({ results: ["a"] });
  });

  it.each([
    [{ body: "{" }, "web-search-broken"],
    [{ body: '{"results":[1]}' }, "web-search-broken"],
    [{ body: Buffer.from([0x22, 0xff, 0x22]) }, "web-search-broken"],
    [{ body: "x".repeat(9 * 1024 * 1024) }, "web-search-broken"],
    [{ status: 404, body: "" }, "web-search-broken"],
    [{ status: 403, body: "" }, "web-search-refused"],
    [{ status: 503, body: "" }, "web-search-unreachable"],
  ] as const)("fails by a code of its own, %#", async (reply, code) => {
    web.replies.set("/search", reply);
    const failure = await ask().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code });
    expect(JSON.stringify([failure, String(failure)])).not.toContain("secret");
  });

  it("follows no redirect: a query goes to the service alone", async () => {
    web.replies.set("/search", { status: 302, headers: { location: "/other" }, body: "" });
    web.replies.set("/other", { body: '{"results":[]}' });
    await expect(ask()).rejects.toMatchObject({ code: "web-search-broken" });
    expect(web.requests.map(({ path }) => path)).toEqual(["/search"]);
  });

  it("is given up when the round ends, and tells a broken connection", async () => {
    web.replies.set("/stall", () => {});
    const ending = new AbortController();
    const asked = ask("/stall", ending.signal);
    setTimeout(() => ending.abort(new Error("over")), 30);
    await expect(asked).rejects.toThrow("over");
    web.replies.set("/reset", (response) => response.socket?.destroy());
    await expect(ask("/reset")).rejects.toMatchObject({ code: "web-search-unreachable" });
  });
});
