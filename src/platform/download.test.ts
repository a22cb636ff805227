import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ScriptedFiles, startScriptedFiles } from "../../test/support/scripted-files.ts";
import { downloadFile, type ExpectedFile } from "./download.ts";
import { downloadJson } from "./download-json.ts";
import { readRetryAfter } from "./retry.ts";

const content = Uint8Array.from({ length: 200_000 }, (_, n) => (n * 7919) % 251);
const sum = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const patience = { attempts: 3, pauseMilliseconds: 5, silenceMilliseconds: 300 };

let folder: string;
let file: string;
let server: ScriptedFiles;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-download-"));
  file = join(folder, "deep/corpus.tsv");
  server = await startScriptedFiles();
  server.files.set("/corpus.tsv", { content });
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const download = (expected: ExpectedFile = {}, signal?: AbortSignal) =>
  downloadFile({ url: `${server.url}/corpus.tsv`, file, expected, patience, ...(signal ? { signal } : {}) });
const fault = (...faults: Parameters<ScriptedFiles["faults"]["set"]>[1]) =>
  server.faults.set("/corpus.tsv", faults);
const expectWhole = async () => {
  expect(sum(await readFile(file))).toBe(sum(content));
  expect(await readdir(join(folder, "deep"))).toEqual(["corpus.tsv"]);
};
/** A run that ends after the server sent `after` bytes, as if it had been killed. */
async function endAfter(after: number): Promise<void> {
  fault({ type: "stall", after });
  await expect(download({}, AbortSignal.timeout(150))).rejects.toThrow();
  expect(await readFile(`${file}.part`)).toHaveLength(after);
}

describe("a download", () => {
  it("brings the file whole, makes its folder, and says what it is", async () => {
    const { bytes, sha256, outcome } = await download({ sha256: sum(content), bytes: content.length });
    expect({ bytes, sha256, outcome }).toEqual({
      bytes: content.length,
      sha256: sum(content),
      outcome: "downloaded",
    });
    await expectWhole();
    expect(server.requests[0]?.agent).toMatch(/^medrounds\/\d/);
  });

  it("of a file that is there and fits asks the server for nothing", async () => {
    await download();
    expect(await download({ sha256: sum(content) })).toMatchObject({ outcome: "present" });
    expect(server.requests).toHaveLength(1);
  });

  it("that was ended goes on where it was, if the server still has the same file", async () => {
    await endAfter(60_000);
    expect(await download()).toMatchObject({ outcome: "resumed" });
    const tag = `"${createHash("md5").update(content).digest("hex")}"`;
    expect(server.requests.at(-1)).toMatchObject({ range: "bytes=60000-", ifRange: tag });
    await expectWhole();
  });

  it("begins anew where the file has changed on the server meanwhile", async () => {
    await endAfter(60_000);
    const other = content.map((byte) => byte ^ 1);
    server.files.set("/corpus.tsv", { content: other });
    expect(await download()).toMatchObject({ outcome: "downloaded", sha256: sum(other) });
  });

  it.each([
    ["does not honor ranges", { content, ranges: false }],
    ["names no validator", { content, tag: null }],
    ["names a weak validator", { content, tag: 'W/"1"' }],
  ])("begins anew where the server %s", async (_what, served) => {
    server.files.set("/corpus.tsv", served);
    await endAfter(60_000);
    expect(await download()).toMatchObject({ outcome: "downloaded" });
    await expectWhole();
  });

  it("without a validator goes on where a checksum will tell, and begins anew where it tells", async () => {
    server.files.set("/corpus.tsv", { content, tag: null });
    await endAfter(60_000);
    expect(await download({ sha256: sum(content) })).toMatchObject({ outcome: "resumed" });
    await rm(file);
    await writeFile(`${file}.part`, "another beginning");
    expect(await download({ sha256: sum(content) })).toMatchObject({ outcome: "downloaded" });
    await expectWhole();
  });

  it("of which all bytes had arrived needs only its place (416 with the same length)", async () => {
    await writeFile(join(folder, "x"), "");
    await endAfter(199_999);
    await writeFile(`${file}.part`, content);
    expect(await download()).toMatchObject({ outcome: "resumed" });
    await expectWhole();
  });

  it("begins anew where more had arrived than the file has (416)", async () => {
    await endAfter(100);
    await writeFile(`${file}.part`, Buffer.concat([content, content]));
    expect(await download()).toMatchObject({ outcome: "downloaded" });
    await expectWhole();
  });

  it("tries again after a reset, silence, a busy server, and goes on with what it has", async () => {
    fault(
      { type: "status", status: 503 },
      { type: "reset", after: 50_000 },
      { type: "stall", after: 50_000 },
      { type: "reset", after: 50_000 },
    );
    expect(await download()).toMatchObject({ outcome: "resumed" });
    const starts = server.requests.map(({ range }) => Number(/\d+/.exec(range ?? "0")?.[0]));
    expect(starts).toEqual(starts.toSorted((one, other) => one - other));
    expect(starts).toHaveLength(5);
    await expectWhole();
  });

  it("waits as long as the server asks for (Retry-After)", async () => {
    fault({ type: "status", status: 429, headers: { "retry-after": "1" } });
    const began = performance.now();
    await download();
    expect(performance.now() - began).toBeGreaterThan(950);
  });

  it("does not wait for hours", async () => {
    fault({ type: "status", status: 429, headers: { "retry-after": "7200" } });
    await expect(download()).rejects.toMatchObject({ code: "download-unreachable", facts: { status: 429 } });
  });

  it.each([
    ["download-missing", { type: "status", status: 404 }],
    ["download-refused", { type: "status", status: 403 }],
    ["download-broken", { type: "status", status: 418 }],
  ] as const)("ends with %s at once, and without a file", async (code, failure) => {
    fault(failure);
    await expect(download()).rejects.toMatchObject({ code });
    expect(server.requests).toHaveLength(1);
    expect(await readdir(join(folder, "deep"))).toEqual([]);
  });

  it("ends with download-unreachable after as many failures in a row as it has patience", async () => {
    fault(...Array.from({ length: 9 }, () => ({ type: "status", status: 500 }) as const));
    await expect(download()).rejects.toMatchObject({ code: "download-unreachable" });
    expect(server.requests).toHaveLength(3);
  });

  it("ends with download-unreachable where nobody listens", async () => {
    const { url } = server;
    await server[Symbol.asyncDispose]();
    const nobody = downloadFile({ url: `${url}/corpus.tsv`, file, patience: { ...patience, attempts: 1 } });
    await expect(nobody).rejects.toMatchObject({
      code: "download-unreachable",
      message: expect.stringContaining("ECONNREFUSED"),
    });
  });

  it("never takes a web page for the file", async () => {
    server.files.set("/corpus.tsv", { content, type: "text/html; charset=utf-8" });
    await expect(download()).rejects.toMatchObject({ code: "download-broken" });
    await expect(readFile(file)).rejects.toThrow();
  });

  it("never puts a file with a wrong checksum in its place, nor keeps what arrived", async () => {
    for (const expected of [{ sha256: "0".repeat(64) }, { gitBlob: "0".repeat(40) }, { bytes: 5 }]) {
      await expect(download(expected)).rejects.toMatchObject({ code: "download-corrupt" });
      expect(await readdir(join(folder, "deep"))).toEqual([]);
    }
  });

  it("knows the id that git gives a file", async () => {
    const blob = createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
    expect(await download({ gitBlob: blob })).toMatchObject({ gitBlob: blob });
  });

  it("of a length that nobody told ends with the body", async () => {
    server.files.set("/corpus.tsv", { content, announced: false });
    await download();
    await expectWhole();
  });

  it("tells how many bytes are there, of how many", async () => {
    await endAfter(60_000);
    const told: (number | undefined)[][] = [];
    await downloadFile({
      url: `${server.url}/corpus.tsv`,
      file,
      onProgress: (bytes, total) => told.push([bytes, total]),
    });
    expect(told[0]).toEqual([60_000, content.length]);
    expect(told.at(-1)).toEqual([content.length, content.length]);
  });

  it("where the folder can't be written says so", async () => {
    await writeFile(join(folder, "deep"), "");
    await expect(download()).rejects.toMatchObject({ code: "path-unwritable" });
  });

  it("brings the same file however often and wherever it is cut", async () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 90_000 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(cuts, async (after) => {
        await rm(join(folder, "deep"), { recursive: true, force: true });
        fault(...after.map((bytes) => ({ type: "reset", after: bytes }) as const));
        await download({ sha256: sum(content) });
        await expectWhole();
      }),
      { numRuns: 8 },
    );
  });
});

describe("a JSON document", () => {
  it("is read with its headers after a failure that passed", async () => {
    server.files.set("/list", { content: Buffer.from('[{"a":1}]'), tag: '"7"' });
    server.faults.set("/list", [{ type: "status", status: 502 }]);
    const { value, headers } = await downloadJson({ url: `${server.url}/list`, patience });
    expect(value).toEqual([{ a: 1 }]);
    expect(headers.get("etag")).toBe('"7"');
  });

  it("that is none is download-broken", async () => {
    server.files.set("/list", { content: Buffer.from("<p>Welcome</p>") });
    const reading = downloadJson({ url: `${server.url}/list`, patience });
    await expect(reading).rejects.toMatchObject({ code: "download-broken" });
  });
});

describe("Retry-After", () => {
  it("is seconds or a date, and nothing else", () => {
    expect(readRetryAfter("3")).toBe(3000);
    const soon = readRetryAfter(new Date(Date.now() + 60_000).toUTCString());
    expect(soon).toBeGreaterThan(55_000);
    expect(readRetryAfter("Thu, 01 Jan 1970 00:00:00 GMT")).toBe(0);
    expect(readRetryAfter("soon")).toBeUndefined();
    expect(readRetryAfter(null)).toBeUndefined();
  });
});
