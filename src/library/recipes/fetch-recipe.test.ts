import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ScriptedFiles, startScriptedFiles } from "../../../test/support/scripted-files.ts";
import { type FetchProgress, fetchRecipe } from "./fetch-recipe.ts";
import { findRecipe, type Recipe, readRecipes } from "./recipe.ts";

const patience = { attempts: 2, pauseMilliseconds: 5, silenceMilliseconds: 500 };
const sha256 = (text: string | Uint8Array) => createHash("sha256").update(text).digest("hex");
const gitBlob = (text: string) => createHash("sha1").update(`blob ${text.length}\0${text}`).digest("hex");

let into: string;
let server: ScriptedFiles;
beforeEach(async () => {
  into = join(await mkdtemp(join(tmpdir(), "medrounds-fetch-")), "corpus");
  server = await startScriptedFiles();
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  await rm(join(into, ".."), { recursive: true });
});

const fetchIt = (recipe: Recipe, onProgress?: (progress: FetchProgress) => void) =>
  fetchRecipe({ recipe, into, mirror: server.url, patience, ...(onProgress ? { onProgress } : {}) });
const json = (value: unknown) => ({ content: Buffer.from(JSON.stringify(value)), type: "application/json" });
const listing = async () => (await readdir(into, { recursive: true })).toSorted();

const hub: Recipe = {
  name: "example",
  title: "Example",
  holds: "Rows.",
  page: "https://example.org/",
  license: "CC0",
  bytes: 100,
  source: {
    type: "hub",
    kind: "dataset",
    repository: "some/rows",
    revision: "main",
    folder: "chunk",
    extensions: [".jsonl"],
  },
};
const tree = "/api/datasets/some/rows/tree/main/chunk?recursive=true";
const resolved = "/datasets/some/rows/resolve/main/chunk";
const one = '{"id":"1"}\n';
const two = '{"id":"2"}\n';

/** Two pages: a file that git keeps elsewhere, one that it keeps itself in a folder, and what is not wanted. */
function serveHub(): void {
  const next = `<https://huggingface.co${tree}&cursor=abc>; rel="next"`;
  server.files.set(tree, { ...json(firstPage), headers: { link: next } });
  server.files.set(`${tree}&cursor=abc`, json(secondPage));
  server.files.set(`${resolved}/one.jsonl`, { content: Buffer.from(one) });
  server.files.set(`${resolved}/deep/two 2.jsonl`, { content: Buffer.from(two) });
}
const lfs = { oid: sha256(one), size: one.length, pointerSize: 130 };
const firstPage = [
  { type: "directory", path: "chunk/deep", oid: "0", size: 0 },
  { type: "file", path: "chunk/one.jsonl", oid: "0", size: one.length, lfs },
];
const secondPage = [
  { type: "file", path: "chunk/deep/two 2.jsonl", oid: gitBlob(two), size: two.length },
  { type: "file", path: "chunk/index.bin", oid: "0", size: 5 },
  { type: "file", path: "chunk/../../out.jsonl", oid: "0", size: 5 },
  { type: "file", path: "elsewhere/three.jsonl", oid: "0", size: 5 },
];

describe("a recipe of files on the hub", () => {
  it("brings all pages' wanted files by way of a mirror, each checked against the hub's checksum", async () => {
    serveHub();
    const told: FetchProgress[] = [];
    const report = await fetchIt(hub, (progress) => told.push(progress));
    expect(report).toMatchObject({ recipe: "example", folder: into, content: into });
    expect(report.files.map(({ path, checked, outcome }) => [path, checked, outcome])).toEqual([
      ["deep/two 2.jsonl", true, "downloaded"],
      ["one.jsonl", true, "downloaded"],
    ]);
    expect(await listing()).toEqual(["deep", "deep/two 2.jsonl", "one.jsonl"]);
    expect(told.at(-1)).toEqual({
      stage: "downloading",
      files: 2,
      allFiles: 2,
      bytes: one.length + two.length,
      allBytes: one.length + two.length,
    });
  });

  it("run again brings what is missing or has changed, and leaves the rest", async () => {
    serveHub();
    await fetchIt(hub);
    await writeFile(join(into, "one.jsonl"), '{"id":"9"}\n');
    const { files } = await fetchIt(hub);
    expect(files.map(({ outcome }) => outcome)).toEqual(["present", "downloaded"]);
    expect(await readFile(join(into, "one.jsonl"), "utf8")).toBe(one);
  });

  it("refuses a file that is not what the hub says", async () => {
    serveHub();
    server.files.set(`${resolved}/one.jsonl`, { content: Buffer.from(one.replace("1", "7")) });
    await expect(fetchIt(hub)).rejects.toMatchObject({ code: "download-corrupt" });
    expect(await listing()).not.toContain("one.jsonl");
  });

  it("tells what is no list of files, and a list without a wanted file", async () => {
    server.files.set(tree, json({ error: "Repository not found" }));
    await expect(fetchIt(hub)).rejects.toMatchObject({ code: "download-broken" });
    server.files.set(tree, json([]));
    await expect(fetchIt(hub)).rejects.toMatchObject({ code: "download-missing" });
  });

  it("is not begun where the disk can't hold it", async () => {
    const size = 2 ** 60;
    server.files.set(tree, json([{ type: "file", path: "chunk/a.jsonl", oid: "0", size }]));
    await expect(fetchIt(hub)).rejects.toMatchObject({ code: "disk-full", facts: { needed: size } });
    expect(server.requests).toHaveLength(1);
  });

  it("refuses a mirror that is no address", async () => {
    const wrong = fetchRecipe({ recipe: hub, into, mirror: "file:///etc" });
    await expect(wrong).rejects.toMatchObject({ code: "usage-invalid" });
  });

  it("keeps the path of a mirror that lies below one", async () => {
    serveHub();
    for (const [path, file] of [...server.files]) server.files.set(`/hub${path}`, file);
    await fetchRecipe({ recipe: hub, into, mirror: `${server.url}/hub/`, patience });
    expect(server.requests.every(({ path }) => path.startsWith("/hub/"))).toBe(true);
  });
});

describe("a recipe of an archive", () => {
  const book: Recipe = {
    ...hub,
    source: {
      type: "address",
      url: "https://example.org/pub/book.tar.gz",
      unpack: { extensions: [".nxml"] },
    },
  };
  async function serveBook(text: string): Promise<Uint8Array> {
    const archive = pack();
    archive.entry({ name: "book/a.nxml" }, text);
    archive.entry({ name: "book/a.jpg" }, "pixels");
    archive.finalize();
    const content = gzipSync(await buffer(archive));
    server.files.set("/pub/book.tar.gz", { content });
    return content;
  }

  it("brings and unpacks it, and keeps the checksum that its publisher does not tell", async () => {
    const sum = sha256(await serveBook("<book/>"));
    const report = await fetchIt(book);
    expect(report.content).toBe(join(into, "book"));
    expect(report.files).toMatchObject([{ path: "book.tar.gz", sha256: sum, checked: false }]);
    expect(await readFile(join(into, "book.tar.gz.sha256"), "utf8")).toBe(`${sum}  book.tar.gz\n`);
    expect(await listing()).toEqual([
      "book",
      "book.tar.gz",
      "book.tar.gz.sha256",
      "book/.unpacked-from",
      "book/book",
      "book/book/a.nxml",
    ]);
  });

  it("run again does neither, unless the archive is no longer what it was", async () => {
    await serveBook("<book/>");
    await fetchIt(book);
    expect((await fetchIt(book)).files).toMatchObject([{ outcome: "present" }]);
    expect(server.requests).toHaveLength(1);
    await rm(join(into, "book.tar.gz"));
    await serveBook("<newer/>");
    expect((await fetchIt(book)).files).toMatchObject([{ outcome: "downloaded" }]);
    expect(await readFile(join(into, "book/book/a.nxml"), "utf8")).toBe("<newer/>");
  });

  it("unpacks anew what an end in its midst left", async () => {
    await serveBook("<book/>");
    await fetchIt(book);
    await rm(join(into, "book/.unpacked-from"));
    await rm(join(into, "book/book"), { recursive: true });
    await fetchIt(book);
    expect(await readFile(join(into, "book/book/a.nxml"), "utf8")).toBe("<book/>");
  });

  it("refuses one that is not what its publisher says", async () => {
    await serveBook("<book/>");
    const source = { ...book.source, sha256: "0".repeat(64) } as Recipe["source"];
    await expect(fetchIt({ ...book, source })).rejects.toMatchObject({ code: "download-corrupt" });
  });
});

describe("the recipes that come with the product", () => {
  it("are those of MedRAG's corpora and of Med-RwR's knowledge base, each under its file's name", async () => {
    const names = (await readRecipes()).map(({ name }) => name);
    expect(names).toEqual(["med-rwr", "medrag-pubmed", "medrag-textbooks", "medrag-wikipedia", "statpearls"]);
    for (const name of names) expect((await findRecipe(name)).name).toBe(name);
  });

  it("are told where a name is none of theirs", async () => {
    await expect(findRecipe("medrag")).rejects.toMatchObject({
      code: "usage-invalid",
      message: expect.stringContaining("medrag-textbooks"),
    });
  });
});
