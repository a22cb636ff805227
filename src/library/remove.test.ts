import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { builtInDescriptor } from "#imaging";
import { wordEmbedder } from "../../test/support/word-embedder.ts";
import {
  addToLibrary,
  embedLibrary,
  type Library,
  openLibrary,
  planRemoval,
  removeFromLibrary,
} from "./index.ts";
import { lockForWriting } from "./writer-lock.ts";

let folder: string;
let library: Library;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "medrounds-remove-")));
  library = await openLibrary({ folder: join(folder, "library"), embedder: builtInDescriptor, create: true });
});
afterEach(async () => {
  library[Symbol.dispose]();
  await rm(folder, { recursive: true });
});

/** A corpus with a document of several passages, one of a single passage, and two cases; `shared` is in every corpus. */
async function fill(corpus: string, gray: number): Promise<void> {
  const files = join(folder, corpus);
  await mkdir(files);
  const picture = (name: string, background: number) =>
    sharp({ create: { width: 40, height: 40, channels: 3, background: { r: background, g: 9, b: 9 } } })
      .png()
      .toFile(join(files, name));
  await picture("own.png", gray);
  await picture("shared.png", 200);
  const sentence = "The lung has lobes, and each has a bronchus of its own. ";
  const rows = [
    { id: "long", text: `${corpus}. ${sentence.repeat(80)}` },
    { id: "short", text: `A short text of ${corpus}.` },
    { id: "own", file: "own.png", labels: ["Mass"] },
    { id: "shared", file: "shared.png", text: corpus },
  ];
  await writeFile(join(files, "manifest.jsonl"), rows.map((row) => JSON.stringify(row)).join("\n"));
  const report = await addToLibrary({ library, paths: [files] });
  expect(report).toMatchObject({ added: { documents: 2, cases: 2 }, refused: [] });
}

const remove = (target: { corpus: string } | { ids: string[] }) => removeFromLibrary({ library, target });
const images = async () =>
  (await readdir(join(folder, "library/images"), { recursive: true })).filter((name) =>
    name.endsWith(".png"),
  );
const corporaOnDisk = async () =>
  (JSON.parse(await readFile(join(folder, "library/library.json"), "utf8")) as { corpora: string[] }).corpora;
const documents = async () => {
  const rows = await library.passages.find({ filter: { type: "all", filters: [] }, columns: ["document"] });
  return [...new Set(rows.map((row) => row.document))].toSorted();
};

describe("removing a corpus", () => {
  it("takes its passages, cases, vectors, images of its own and name, and nothing of another corpus", async () => {
    await fill("a", 50);
    await fill("b", 100);
    await embedLibrary({ library, embedder: wordEmbedder(), source: "words" });
    const all = await library.passages.count();
    const plan = await planRemoval(library, { corpus: "a" });
    expect(plan).toEqual({ documents: 2, passages: all / 2, cases: 2 });
    expect(await images()).toHaveLength(3);

    expect(await remove({ corpus: "a" })).toEqual({ ...plan, vectors: all / 2, images: 1, missing: [] });

    expect(await documents()).toEqual(["b/long", "b/short"]);
    expect(await library.cases.count()).toBe(2);
    expect(await library.textVectors[0]?.collection.count()).toBe(all / 2);
    expect(await images()).toHaveLength(2);
    expect(await corporaOnDisk()).toEqual(["b"]);
    expect(library.manifest.corpora).toEqual(["b"]);
  });

  it("that the library does not have is entry-missing, and that was removed before, too", async () => {
    await fill("a", 50);
    await expect(remove({ corpus: "c" })).rejects.toMatchObject({ code: "entry-missing" });
    await remove({ corpus: "a" });
    await expect(remove({ corpus: "a" })).rejects.toMatchObject({ code: "entry-missing" });
    expect(await library.passages.count()).toBe(0);
  });

  it("leaves a library to which the same corpus can be added again", async () => {
    await fill("a", 50);
    await remove({ corpus: "a" });
    const report = await addToLibrary({ library, paths: [join(folder, "a")] });
    expect(report).toMatchObject({ added: { documents: 2, cases: 2 }, refused: [] });
    expect(await images()).toHaveLength(2);
    expect(await corporaOnDisk()).toEqual(["a"]);
  });

  it("is completed by a second run where it was ended after any of its steps", async () => {
    const steps = [
      () => library.textVectors[0]?.collection.remove({ type: "equals", column: "corpus", value: "a" }),
      () => library.passages.remove({ type: "equals", column: "corpus", value: "a" }),
      () => library.cases.remove({ type: "equals", column: "corpus", value: "a" }),
    ];
    for (let done = 1; done <= steps.length; done++) {
      await fill("a", 50);
      await embedLibrary({ library, embedder: wordEmbedder(), source: "words" });
      for (const step of steps.slice(0, done)) await step();
      await remove({ corpus: "a" });
      const left = [library.passages, library.cases, library.textVectors[0]?.collection].map((rows) =>
        rows?.count(),
      );
      expect(await Promise.all(left)).toEqual([0, 0, 0]);
      expect([await images(), await corporaOnDisk()]).toEqual([[], []]);
      await rm(join(folder, "a"), { recursive: true });
    }
  });
});

describe("removing by id", () => {
  it("takes the whole document of a passage's or a document's id, and a case, and tells what is not there", async () => {
    await fill("a", 50);
    const before = await library.passages.count();
    const report = await remove({ ids: ["a/long#2", "a/own", "a/none", "a/lon"] });
    expect(report).toMatchObject({
      documents: 1,
      passages: before - 1,
      cases: 1,
      images: 1,
      missing: ["a/none", "a/lon"],
    });
    expect(await documents()).toEqual(["a/short"]);
    expect(await corporaOnDisk()).toEqual(["a"]);
  });

  it("keeps an image that another case uses", async () => {
    await fill("a", 50);
    await fill("b", 100);
    expect(await remove({ ids: ["a/shared"] })).toMatchObject({ cases: 1, images: 0 });
    expect(await remove({ ids: ["b/shared"] })).toMatchObject({ cases: 1, images: 1 });
  });

  it("that are all unknown is entry-missing", async () => {
    await fill("a", 50);
    const nothing = remove({ ids: ["a/none", "' OR true --"] });
    await expect(nothing).rejects.toMatchObject({ code: "entry-missing" });
    expect(await documents()).toHaveLength(2);
  });

  it("deletes the image that an earlier removal had no time to delete", async () => {
    await fill("a", 50);
    await library.cases.remove({ type: "equals", column: "id", value: "a/own" });
    expect(await remove({ ids: ["a/own"] })).toMatchObject({ images: 1, missing: ["a/own"] });
  });
});

describe("the bytes of what was removed", () => {
  const marker = "quokkaberg";
  /** The files of the library that hold the marker. */
  const holding = async () => {
    const entries = await readdir(join(folder, "library"), { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
    const held = await Promise.all(files.map(async (file) => (await readFile(file)).includes(marker)));
    return files.filter((_, index) => held[index]);
  };
  const fillWithMarker = async () => {
    await fill("a", 50);
    const files = join(folder, "marked");
    await mkdir(files);
    await writeFile(join(files, "own.png"), await readFile(join(folder, "a/own.png")));
    const rows = [
      { id: `t-${marker}`, text: `A text on ${marker}.` },
      { id: `c-${marker}`, file: "own.png", text: `Seen in ${marker}.`, patientId: marker },
    ];
    await writeFile(join(files, "manifest.jsonl"), rows.map((row) => JSON.stringify(row)).join("\n"));
    expect(await addToLibrary({ library, paths: [files] })).toMatchObject({ refused: [] });
    await embedLibrary({ library, embedder: wordEmbedder(), source: "words" });
    const tables = (await holding()).map((file) => /lance\/(\w+)\.lance/.exec(file)?.[1]?.slice(0, 8));
    expect(new Set(tables)).toEqual(new Set(["passages", "cases", "passage_"]));
  };
  const ids = [`marked/t-${marker}`, `marked/c-${marker}`];

  it("are nowhere in the library, and what is left is found", async () => {
    await fillWithMarker();
    expect(await remove({ ids })).toMatchObject({ documents: 1, cases: 1, vectors: 1, missing: [] });
    expect(await holding()).toEqual([]);
    const hits = await library.passages.searchTerms({ query: "short text", top: 1, columns: ["document"] });
    expect(hits.map(({ row }) => row.document)).toEqual(["a/short"]);
  });

  it("leave with the next removal where one was ended before they did, though it finds nothing to remove", async () => {
    await fillWithMarker();
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(removeFromLibrary({ library, target: { ids }, signal })).rejects.toThrow("enough");
    for (const { collection } of library.textVectors) {
      await collection.remove({ type: "one-of", column: "document", values: ids });
    }
    await library.passages.remove({ type: "one-of", column: "document", values: ids });
    await library.cases.remove({ type: "one-of", column: "id", values: ids });
    expect(await holding()).not.toEqual([]);
    await expect(remove({ ids: [ids[0] ?? ""] })).rejects.toMatchObject({ code: "entry-missing" });
    expect(await holding()).toEqual([]);
    expect(await readdir(join(folder, "library"))).not.toContain("removal.pending");
  });
});

describe("a removal", () => {
  it("waits for no other writer: it says that the library is busy", async () => {
    await fill("a", 50);
    await using _lock = await lockForWriting(library.folder);
    await expect(remove({ corpus: "a" })).rejects.toMatchObject({ code: "library-busy" });
  });

  it("ends between two steps when it is interrupted", async () => {
    await fill("a", 50);
    const signal = AbortSignal.abort(new Error("enough"));
    const removal = removeFromLibrary({ library, target: { corpus: "a" }, signal });
    await expect(removal).rejects.toThrow("enough");
    expect(await corporaOnDisk()).toEqual(["a"]);
    expect(await remove({ corpus: "a" })).toMatchObject({ cases: 2 });
  });

  it("deletes no image where a case can't be read", async () => {
    await fill("a", 50);
    const filter = { type: "equals", column: "id", value: "a/own" } as const;
    const [row] = await library.cases.find({ filter, columns: ["contentHash", "pixelHash"] });
    const length = (await library.cases.scan({ columns: [], vectors: true })[Symbol.asyncIterator]().next())
      .value?.[0]?.vector?.length;
    const empty = { corpus: "a", patientId: "", slideId: "", words: "", record: "{" };
    const vector = new Float32Array(length ?? 0).fill(1);
    await library.cases.replace({ rows: [{ ...empty, ...row, id: "a/own", vector } as never], filter });
    await expect(remove({ ids: ["a/shared"] })).rejects.toMatchObject({ code: "library-unreadable" });
    expect(await images()).toHaveLength(2);
  });
});
