import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { builtInDescriptor, caseFromRecord } from "#imaging";
import { addToLibrary, findCaseImage, findEntry, type Library, openLibrary } from "./index.ts";

let folder: string;
let files: string;
let library: Library;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "medrounds-items-")));
  files = join(folder, "files");
  await mkdir(files);
  library = await openLibrary({ folder: join(folder, "library"), embedder: builtInDescriptor, create: true });
});
afterEach(async () => {
  library[Symbol.dispose]();
  await rm(folder, { recursive: true });
});

async function put(name: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(files, name)), { recursive: true });
  await writeFile(join(files, name), content);
}

const putRows = (name: string, ...values: object[]) =>
  put(name, values.map((value) => JSON.stringify(value)).join("\n"));

const add = (options: { replace?: boolean; corpus?: string } = {}) =>
  addToLibrary({ library, paths: [files], ...options });

const everything = { type: "all", filters: [] } as const;

async function passageTexts(): Promise<string[]> {
  const rows = await library.passages.find({ filter: everything, columns: ["record"] });
  return rows.map((row) => (JSON.parse(row.record ?? "") as { text: string }).text).sort();
}

async function cases() {
  const rows = await library.cases.find({ filter: everything, columns: ["record"] });
  return rows.map((row) => caseFromRecord(row.record ?? "")).sort((a, b) => (a.id < b.id ? -1 : 1));
}

function picture(shade: number): Promise<Buffer> {
  const background = { r: shade, g: shade, b: shade };
  return sharp({ create: { width: 40, height: 40, channels: 3, background } })
    .png()
    .toBuffer();
}

describe("an id that comes twice in one addition", () => {
  it("has the last of its texts afterwards with --replace, and only that", async () => {
    const rows = ["First.", "Second.", "Third.", "First."].map((text) => ({ id: "t", text }));
    await putRows("manifest.jsonl", ...rows.slice(0, 3));
    expect(await add({ replace: true })).toMatchObject({
      added: { documents: 1 },
      replaced: { documents: 2 },
      refused: [],
    });
    expect(await passageTexts()).toEqual(["Third."]);
    await putRows("manifest.jsonl", ...rows);
    await add({ replace: true });
    expect(await passageTexts()).toEqual(["First."]);
  });

  it("has the last of its images afterwards with --replace, and only that", async () => {
    await put("a.png", await picture(10));
    await put("b.png", await picture(90));
    await putRows("manifest.jsonl", { id: "c", file: "a.png" }, { id: "c", file: "b.png", labels: ["Mass"] });
    expect(await add({ replace: true })).toMatchObject({ added: { cases: 1 }, replaced: { cases: 1 } });
    expect(await cases()).toMatchObject([{ id: "files/c", labels: [{ name: "Mass" }] }]);
  });

  it("belongs to the good image where the first one is broken", async () => {
    await put("broken.png", "no image");
    await put("good.png", await picture(10));
    await putRows(
      "manifest.jsonl",
      { id: "c", file: "broken.png" },
      { id: "c", file: "good.png" },
      { id: "c", file: "broken.png" },
    );
    const report = await add();
    expect(report.added.cases).toBe(1);
    expect(report.refused.map(({ line, code }) => [line, code])).toEqual([
      [1, "image-not-image"],
      [3, "id-conflict"],
    ]);
  });

  it("is refused each time where its image is broken, never told to be there already", async () => {
    await put("broken.png", "no image");
    await putRows("manifest.jsonl", { id: "c", file: "broken.png" }, { id: "c", file: "broken.png" });
    const report = await add();
    expect(report.unchanged.cases).toBe(0);
    expect(report.refused.map(({ line, code }) => [line, code])).toEqual([
      [1, "image-not-image"],
      [2, "image-not-image"],
    ]);
  });
});

describe("ids that look like those of passages", () => {
  it("lose no passage: the document a#1 is not the first passage of the document a", async () => {
    const long = `${"The lungs are paired. ".repeat(40)}\n\n${"The heart is single. ".repeat(40)}`;
    await putRows("manifest.jsonl", { id: "a", text: long }, { id: "a#1", text: "Another text." });
    const report = await add({ corpus: "q" });
    expect(await library.passages.count()).toBe(report.added.passages);
    expect(await findEntry(library, "q/a%231")).toMatchObject({ passage: { text: "Another text." } });
  });

  it("lose no document where the corpus has a slash in its name", async () => {
    await putRows("manifest.jsonl", { id: "b/c", text: "One text." });
    await add({ corpus: "a" });
    await putRows("manifest.jsonl", { id: "c", text: "Another text." });
    expect((await add({ corpus: "a/b" })).refused).toEqual([]);
    expect(await passageTexts()).toEqual(["Another text.", "One text."]);
  });
});

describe("rows that name files", () => {
  it("name them from the folder in which the rows are, and have ids from the folder that is added", async () => {
    await put("h/sub/one.png", await picture(10));
    await put("h/one.png", await picture(90));
    await putRows("h/sub/cases.jsonl", { file: "one.png", labels: ["Mass"] }, { file: "../one.png" });
    const report = await add();
    expect(report.refused).toEqual([]);
    expect(await cases()).toMatchObject([
      { id: "files/h/one.png", labels: [] },
      { id: "files/h/sub/one.png", labels: [{ name: "Mass" }] },
    ]);
  });

  it("leave out the files that they name when the others of the folder are added", async () => {
    await put("a.png", await picture(10));
    await put("b.png", await picture(90));
    await putRows("z.jsonl", { id: "c", file: "a.png", labels: ["Mass"] });
    expect((await add()).added.cases).toBe(2);
    expect((await cases()).map(({ id }) => id)).toEqual(["files/b.png", "files/c"]);
  });

  it("never lead out of the folder that is added", async () => {
    await writeFile(join(folder, "secret.png"), await picture(10));
    await putRows("h/cases.jsonl", { id: "c", file: "../../secret.png" });
    expect((await add()).refused).toMatchObject([{ code: "file-outside-folder", line: 1 }]);
  });

  it("keep the place of the folder on this machine out of the case", async () => {
    await put("a.png", await picture(10));
    await putRows("manifest.jsonl", { file: join(files, "a.png") });
    await add();
    expect(JSON.stringify(await cases())).not.toContain(folder);
    expect(await cases()).toMatchObject([{ id: "files/a.png" }]);
  });

  it("are refused where they name a folder or what no file can be called", async () => {
    await put("d/a.txt", "Some words.");
    await putRows("manifest.jsonl", { id: "c", file: "d" }, { id: "n", file: "a\0b.png" });
    const refused = (await add()).refused.map(({ id, code }) => [id, code]);
    expect(refused.sort()).toEqual([
      ["c", "path-not-file"],
      ["n", "path-missing"],
    ]);
  });
});

describe("a refusal", () => {
  it("names the manifest, the line in it and the corpus, also where an image is at fault", async () => {
    await putRows("one/manifest.jsonl", { id: "t", text: "Some words." }, { id: "c", file: "gone.png" });
    await putRows("two/manifest.jsonl", { id: "c", file: "gone.png" }, { id: "none" });
    const { refused } = await add();
    expect(refused.map(({ corpus, file, line, code }) => [corpus, file, line, code]).sort()).toEqual([
      ["one", "manifest.jsonl", 2, "path-missing"],
      ["two", "manifest.jsonl", 1, "path-missing"],
      ["two", "manifest.jsonl", 2, "row-without-text"],
    ]);
    expect(refused.find(({ code }) => code === "path-missing")?.message).toContain("gone.png");
  });

  it("names the corpus of a file", async () => {
    await put("a.png", "no image");
    await put("b.txt", Buffer.from([0xe9, 0xe8]));
    await symlink("/", join(files, "c"));
    const { refused } = await add({ corpus: "mine" });
    expect(refused.map(({ corpus, file }) => [corpus, file]).sort()).toEqual([
      ["mine", "a.png"],
      ["mine", "b.txt"],
      ["mine", "c"],
    ]);
  });
});

describe("a text file", () => {
  it("with NUL characters is not taken for text", async () => {
    await put("nul.txt", Buffer.alloc(200_000));
    await put("wide.md", Buffer.from("Lungs.", "utf16le"));
    const report = await add();
    expect(report.added.documents).toBe(0);
    expect(report.refused.map(({ code }) => code)).toEqual(["file-not-text", "file-not-text"]);
  });
});

describe("a library inside the folder that is added", () => {
  it("is not added to itself", async () => {
    using inside = await openLibrary({
      folder: join(files, "lib"),
      embedder: builtInDescriptor,
      create: true,
    });
    await put("a.png", await picture(10));
    for (const added of [1, 0]) {
      expect((await addToLibrary({ library: inside, paths: [files] })).added.cases).toBe(added);
    }
    expect(await inside.cases.count()).toBe(1);
  });
});

describe("a case that is there already", () => {
  it("gets its image back where the library lost it", async () => {
    await put("a.png", await picture(10));
    await add();
    await rm(join(library.folder, "images"), { recursive: true });
    expect((await add()).unchanged.cases).toBe(1);
    expect((await findCaseImage(library, "files/a.png"))?.bytes.length).toBeGreaterThan(0);
  });
});
