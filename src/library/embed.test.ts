import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { builtInDescriptor } from "#imaging";
import { wordEmbedder } from "../../test/support/word-embedder.ts";
import {
  addToLibrary,
  embedLibrary,
  type Library,
  openLibrary,
  readLibraryStatus,
  removeEmbedder,
} from "./index.ts";
import { readManifest } from "./manifest.ts";

let folder: string;
let library: Library;
const source = "words:";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-embed-"));
  library = await open();
});
afterEach(async () => {
  library[Symbol.dispose]();
  await rm(folder, { recursive: true });
});

const open = () =>
  openLibrary({ folder: join(folder, "library"), embedder: builtInDescriptor, create: true });

async function add(texts: Record<string, string>): Promise<void> {
  const rows = Object.entries(texts).map(([id, text]) => JSON.stringify({ id, title: id, text }));
  await writeFile(join(folder, "notes.jsonl"), rows.join("\n"));
  await addToLibrary({ library, paths: [join(folder, "notes.jsonl")], corpus: "notes", replace: true });
}

const vectorIds = async () => {
  const [vectors] = library.textVectors;
  const rows = await vectors?.collection.find({
    filter: { type: "all", filters: [] },
    columns: ["document"],
  });
  return rows?.map(({ id }) => id).sort();
};

describe("embedding a library", () => {
  it("gives every passage a vector and names the embedder, so that the library opens with both", async () => {
    await add({ a: "A nodule.", b: "An effusion." });
    const embedder = wordEmbedder();
    const report = await embedLibrary({ library, embedder, source });
    expect(report).toMatchObject({ embedder: "words", embedded: 2, unchanged: 0, interrupted: false });
    library[Symbol.dispose]();
    library = await open();
    expect(library.textVectors.map(({ embedder: record }) => record)).toMatchObject([
      { id: "words", dimension: 64, fingerprint: embedder.fingerprint, source },
    ]);
    expect(await vectorIds()).toHaveLength(2);
    expect(await readLibraryStatus(library)).toMatchObject({ textEmbedders: [{ source, vectors: 2 }] });
  });

  it("embeds only what is new or has another text when it is run again, and removes what has gone", async () => {
    await add({ a: "A nodule.", b: "An effusion.", c: "A mass." });
    await embedLibrary({ library, embedder: wordEmbedder(), source });
    await add({ a: "A calcified nodule.", d: "A fracture." });
    await library.passages.remove({ type: "equals", column: "document", value: "notes/c" });
    const embedder = wordEmbedder();
    const report = await embedLibrary({ library, embedder, source });
    expect(report).toMatchObject({ embedded: 2, unchanged: 1, removed: 1 });
    expect(embedder.embedded.passages).toBe(2);
    expect(await vectorIds()).toHaveLength(3);
    expect(await embedLibrary({ library, embedder, source })).toMatchObject({ embedded: 0, removed: 0 });
  });

  it("keeps what it made when it fails or is stopped, and goes on from there", async () => {
    await add(
      Object.fromEntries(Array.from({ length: 1100 }, (_, index) => [`n${index}`, `Note ${index}.`])),
    );
    const words = wordEmbedder();
    let calls = 0;
    const failing = {
      ...words,
      embedPassages: (...given: Parameters<typeof words.embedPassages>) => {
        calls++;
        return calls > 1 ? Promise.reject(new Error("down")) : words.embedPassages(...given);
      },
    };
    await expect(embedLibrary({ library, embedder: failing, source })).rejects.toThrow("down");
    const stop = new AbortController();
    const stopped = await embedLibrary({
      library,
      embedder: words,
      source,
      signal: stop.signal,
      onProgress: ({ items }) => {
        if (items > 256) stop.abort();
      },
    });
    expect(stopped).toMatchObject({ interrupted: true, embedded: 256, unchanged: 256 });
    const shares: number[] = [];
    const rest = await embedLibrary({
      library,
      embedder: words,
      source,
      onProgress: ({ share }) => shares.push(share),
    });
    expect(rest).toMatchObject({ interrupted: false, embedded: 588, unchanged: 512 });
    expect(shares.at(-1)).toBe(1);
  });

  it("refuses a source that gives other vectors than before, and with replace makes all anew", async () => {
    await add({ a: "A nodule." });
    await embedLibrary({ library, embedder: wordEmbedder(), source });
    const other = wordEmbedder({ id: "other", dimension: 32 });
    await expect(embedLibrary({ library, embedder: other, source })).rejects.toMatchObject({
      code: "embedder-mismatch",
    });
    const report = await embedLibrary({ library, embedder: other, source, replace: true });
    expect(report).toMatchObject({ embedder: "other", embedded: 1 });
    expect(library.textVectors.map(({ embedder }) => embedder.id)).toEqual(["other"]);
    expect((await readManifest(library.folder))?.textEmbedders).toMatchObject([{ id: "other" }]);
  });

  it("keeps the vectors of an embedder that has moved, and those of others beside it", async () => {
    await add({ a: "A nodule." });
    await embedLibrary({ library, embedder: wordEmbedder(), source });
    await embedLibrary({ library, embedder: wordEmbedder({ id: "second" }), source: "second:" });
    const moved = await embedLibrary({ library, embedder: wordEmbedder(), source: "elsewhere:" });
    expect(moved).toMatchObject({ embedded: 0, unchanged: 1 });
    const sources = library.textVectors.map(({ embedder }) => embedder.source);
    expect(sources.sort()).toEqual(["elsewhere:", "second:"]);
  });

  it("stays named when a command that had opened the library before names a corpus", async () => {
    using earlier = await open();
    await add({ a: "A nodule." });
    await embedLibrary({ library, embedder: wordEmbedder(), source });
    await writeFile(join(folder, "b.md"), "An effusion.");
    await addToLibrary({ library: earlier, paths: [join(folder, "b.md")], corpus: "later" });
    expect(await readManifest(library.folder)).toMatchObject({
      corpora: ["notes", "later"],
      textEmbedders: [{ source }],
    });
  });
});

describe("removing an embedder", () => {
  it("takes its vectors and its name, and leaves the passages and the other embedders", async () => {
    await add({ a: "A nodule.", b: "A mass." });
    await embedLibrary({ library, embedder: wordEmbedder(), source });
    await embedLibrary({ library, embedder: wordEmbedder({ id: "second" }), source: "second:" });
    expect(await removeEmbedder(library, source)).toEqual({ embedder: "words", vectors: 2 });
    expect(library.textVectors.map(({ embedder }) => embedder.id)).toEqual(["second"]);
    expect((await readManifest(library.folder))?.textEmbedders).toMatchObject([{ id: "second" }]);
    expect([await library.passages.count(), await library.textVectors[0]?.collection.count()]).toEqual([
      2, 2,
    ]);
    const again = await embedLibrary({ library, embedder: wordEmbedder(), source });
    expect(again).toMatchObject({ embedded: 2, unchanged: 0 });
  });

  it("refuses a source from which nothing was embedded", async () => {
    await expect(removeEmbedder(library, "nope:")).rejects.toMatchObject({ code: "entry-missing" });
  });
});
