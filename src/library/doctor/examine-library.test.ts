import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { builtInDescriptor } from "#imaging";
import { wordEmbedder } from "../../../test/support/word-embedder.ts";
import { addToLibrary } from "../add.ts";
import { embedLibrary } from "../embed.ts";
import { type Library, openLibrary } from "../library.ts";
import { updateManifest } from "../manifest.ts";
import { lockForWriting } from "../writer-lock.ts";
import { examineLibrary } from "./examine-library.ts";

let folder: string;
let place: string;
let library: Library;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "medrounds-doctor-")));
  place = join(folder, "library");
  library = await open(true);
  await fill();
});
afterEach(async () => {
  library[Symbol.dispose]();
  await rm(folder, { recursive: true });
});

const open = (create = false) => openLibrary({ folder: place, embedder: builtInDescriptor, create });
const examine = () => examineLibrary({ folder: place, open });
/** What was found: kind, how often, and an example. */
const findings = async () => {
  const { sound, problems } = await examine();
  expect(sound).toBe(problems.every(({ severity }) => severity === "harmless"));
  return problems.map(({ kind, count, examples }) => [kind, count, examples[0]]);
};

async function fill(): Promise<void> {
  const files = join(folder, "notes");
  await mkdir(files);
  for (const [index, name] of ["a.png", "b.png"].entries()) {
    const background = { r: 60 + 90 * index, g: 9, b: 9 };
    await sharp({ create: { width: 40, height: 40, channels: 3, background } })
      .png()
      .toFile(join(files, name));
  }
  const rows = [
    { id: "long", text: "The lung has lobes, and each has a bronchus of its own. ".repeat(80) },
    { id: "short", text: "A short text." },
    { id: "a", file: "a.png", labels: ["Mass"] },
    { id: "b", file: "b.png", labels: ["Edema"] },
  ];
  await writeFile(join(files, "manifest.jsonl"), rows.map((row) => JSON.stringify(row)).join("\n"));
  const report = await addToLibrary({ library, paths: [files] });
  expect(report).toMatchObject({ added: { documents: 2, cases: 2 }, refused: [] });
}

const imageFiles = async () =>
  (await readdir(join(place, "images"), { recursive: true }))
    .filter((name) => name.endsWith(".png"))
    .map((name) => join(place, "images", name));
const byId = (value: string) => ({ type: "equals", column: "id", value }) as const;
async function columnsOf(id: string) {
  const columns = ["corpus", "document", "contentHash", "record"];
  const [row] = await library.passages.find({ filter: byId(id), columns });
  return { ...row, words: "" } as { id: string } & Record<string, string>;
}

describe("a sound library", () => {
  it("has no problem, and its rows are counted by corpus", async () => {
    const passages = await library.passages.count();
    expect(await examine()).toEqual({
      library: place,
      sound: true,
      passages,
      cases: 2,
      corpora: [{ name: "notes", passages, cases: 2 }],
      problems: [],
    });
  });

  it("has none with every passage's vector, either", async () => {
    await embedLibrary({ library, embedder: wordEmbedder(), source: "words" });
    expect(await findings()).toEqual([]);
  });

  it("is read in steps that are told, until it is interrupted", async () => {
    const controller = new AbortController();
    const told: number[] = [];
    const onProgress = ({ share }: { share: number }) => {
      told.push(share);
      controller.abort(new Error("enough"));
    };
    const examination = examineLibrary({ folder: place, open, signal: controller.signal, onProgress });
    await expect(examination).rejects.toThrow("enough");
    expect(told).toHaveLength(1);
  });
});

describe("a broken library", () => {
  it("that can't be opened says why and what to do", async () => {
    await writeFile(join(place, "library.json"), "{");
    const { sound, problems } = await examine();
    expect(sound).toBe(false);
    expect(problems).toMatchObject([
      { kind: "library-unreadable", message: expect.stringContaining("library.json"), cure: /./ },
    ]);
  });

  it("that lost a table says so", async () => {
    await rm(join(place, "lance/cases.lance"), { recursive: true });
    expect(await findings()).toEqual([["library-unreadable", 1, undefined]]);
  });

  it("that lost rows of a table says so", async () => {
    await rm(join(place, "lance/passages.lance/data"), { recursive: true });
    expect(await findings()).toEqual([["library-unreadable", 1, undefined]]);
  });

  it("names the passages beside a gap, wherever it is but at the end", async () => {
    await library.passages.remove(byId("notes/long#3"));
    expect(await findings()).toEqual([["document-incomplete", 1, "notes/long#4"]]);
    await library.passages.remove(byId("notes/long#4"));
    expect(await findings()).toEqual([["document-incomplete", 1, "notes/long#5"]]);
    await library.passages.remove(byId("notes/long#1"));
    expect((await findings()).map(([kind, count]) => [kind, count])).toEqual([["document-incomplete", 2]]);
  });

  it("names the first passage of a document that lost the second and all others", async () => {
    const others = ["2", "3", "4", "5"].map((number) => `notes/long#${number}`);
    await library.passages.remove({ type: "one-of", column: "id", values: others });
    expect(await findings()).toEqual([["document-incomplete", 1, "notes/long#1"]]);
  });

  it("names passages that can't be read or are another's", async () => {
    const { record } = await columnsOf("notes/long#1");
    const row = { ...(await columnsOf("notes/short")), record: record ?? "" };
    await library.passages.replace({ rows: [row], filter: byId(row.id) });
    expect(await findings()).toEqual([["passage-unreadable", 1, "notes/short"]]);
    await library.passages.replace({ rows: [{ ...row, record: "{" }], filter: byId(row.id) });
    expect(await findings()).toEqual([["passage-unreadable", 1, "notes/short"]]);
  });

  it("names a corpus of which the manifest knows nothing", async () => {
    await updateManifest(place, (manifest) => ({ ...manifest, corpora: ["others"] }));
    expect(await findings()).toEqual([
      ["corpus-unnamed", 1, "notes"],
      ["corpus-empty", 1, "others"],
    ]);
  });

  it("names cases whose image has gone, and images that are not what was stored", async () => {
    const [first = "", second = ""] = await imageFiles();
    await rm(first);
    await writeFile(second, "pixels");
    const found = await findings();
    expect(found.map(([kind]) => kind).toSorted()).toEqual(["image-altered", "image-missing"]);
    expect(found.find(([kind]) => kind === "image-altered")?.[2]).toBe(second.split("/").at(-1));
  });

  it("names a case that can't be read, and then calls no image unused", async () => {
    const filter = byId("notes/a");
    const columns = ["corpus", "contentHash", "pixelHash", "patientId", "slideId"];
    const [row] = await library.cases.find({ filter, columns });
    const scanned = await library.cases
      .scan({ filter, columns: [], vectors: true })
      [Symbol.asyncIterator]()
      .next();
    const vector = (scanned.value as { vector: Float32Array }[])[0]?.vector;
    await library.cases.replace({ rows: [{ ...row, record: "{", words: "", vector } as never], filter });
    expect(await findings()).toEqual([["case-unreadable", 1, "notes/a"]]);
  });

  it("names vectors that are no directions", async () => {
    await embedLibrary({ library, embedder: wordEmbedder(), source: "words" });
    const collection = library.textVectors[0]?.collection;
    const [row] = (await collection?.find({
      filter: byId("notes/short"),
      columns: ["corpus", "document", "textHash"],
    })) ?? [{ id: "" }];
    const rows = [{ ...row, id: "notes/short", vector: new Float32Array(64).fill(3) }];
    await collection?.replace({ rows: rows as never, filter: byId("notes/short") });
    expect(await findings()).toEqual([["text-vector-invalid", 1, "notes/short"]]);
  });
});

describe("left-overs of interrupted commands", () => {
  it("are harmless: unused images, parts of files, a dead command's lock", async () => {
    const stray = join(place, "images/ab", `${"ab".repeat(32)}.png`);
    await mkdir(join(place, "images/ab"), { recursive: true });
    await writeFile(stray, "pixels");
    await writeFile(`${stray}.1.part`, "pix");
    await writeFile(join(place, "library.json.2.part"), "{");
    await writeFile(join(place, "writer.lock"), JSON.stringify({ id: 2 ** 30, host: "" }));
    expect((await findings()).toSorted()).toEqual([
      ["image-unused", 1, stray],
      ["lock-held", 1, undefined],
      ["part-left", 1, `${stray}.1.part`],
    ]);
    await writeFile(join(place, "writer.lock"), JSON.stringify({ id: 2 ** 30 }));
    expect((await findings()).toSorted()).toEqual([
      ["image-unused", 1, stray],
      ["lock-stale", 1, undefined],
      ["part-left", 2, join(place, "library.json.2.part")],
    ]);
  });

  it("are harmless: passages without a vector, or with that of an older text, and vectors without a passage", async () => {
    await embedLibrary({ library, embedder: wordEmbedder(), source: "words" });
    const collection = library.textVectors[0]?.collection;
    await collection?.remove(byId("notes/short"));
    await library.passages.remove({ type: "equals", column: "document", value: "notes/long" });
    const found = await findings();
    expect(found[0]).toEqual(["passages-without-vector", 1, "notes/short"]);
    expect(found[1]?.[0]).toBe("vectors-without-passage");
    await embedLibrary({ library, embedder: wordEmbedder(), source: "words" });
    expect(await findings()).toEqual([]);
  });

  it("are told from a command that is writing now", async () => {
    await using _lock = await lockForWriting(place);
    expect(await findings()).toEqual([["lock-held", 1, undefined]]);
    expect(await readFile(join(place, "writer.lock"), "utf8")).not.toBe("");
  });
});
