import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { builtInDescriptor } from "#imaging";
import { addToLibrary, type Library, openLibrary, readLibraryStatus } from "./index.ts";

let folder: string;
let files: string;
let library: Library;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "medrounds-library-")));
  files = join(folder, "files");
  await mkdir(files);
  library = await openLibrary({ folder: join(folder, "library"), embedder: builtInDescriptor, create: true });
});
afterEach(async () => {
  library[Symbol.dispose]();
  await rm(folder, { recursive: true });
});

const add = (options: { replace?: boolean; corpus?: string; signal?: AbortSignal } = {}) =>
  addToLibrary({ library, paths: [files], ...options });

const put = (name: string, content: string | Uint8Array) => writeFile(join(files, name), content);

const rows = (...values: object[]) => values.map((value) => JSON.stringify(value)).join("\n");

function picture(shade: number, size = 40) {
  const create = {
    width: size,
    height: size,
    channels: 3 as const,
    background: { r: shade, g: shade, b: shade },
  };
  return sharp({ create });
}

describe("adding to a library", () => {
  it("takes rows with a file as cases and rows without as passages", async () => {
    await put("a.png", await picture(10).png().toBuffer());
    await put(
      "manifest.jsonl",
      rows(
        { id: "c1", file: "a.png", labels: ["Mass", "-Edema"], patient_id: "p1", view: "PA" },
        { id: "t1", text: "A mass is a rounded opacity.", title: "Mass", color: "gray" },
      ),
    );
    const report = await add();
    expect(report).toMatchObject({ added: { cases: 1, documents: 1, passages: 1 }, refused: [] });
    const [found] = await library.cases.find({
      filter: { type: "all", filters: [] },
      columns: ["record", "patientId"],
    });
    const record: unknown = JSON.parse(found?.record ?? "");
    expect(found?.patientId).toBe("p1");
    expect(record).toMatchObject({
      id: "files/c1",
      labels: [
        { name: "Mass", status: "present" },
        { name: "Edema", status: "absent" },
      ],
      metadata: { view: "PA" },
    });
    const [passage] = await library.passages.find({
      filter: { type: "all", filters: [] },
      columns: ["record"],
    });
    expect(JSON.parse(passage?.record ?? "")).toMatchObject({
      text: "A mass is a rounded opacity.",
      metadata: { color: "gray" },
    });
  });

  it("adds nothing the second time, whatever the folder and the corpus are called", async () => {
    await put("a.png", await picture(10).png().toBuffer());
    await put("notes.md", "# Title\n\nSome text about lungs.\n");
    expect((await add()).added).toEqual({ passages: 1, documents: 1, cases: 1 });
    const again = await add();
    expect(again).toMatchObject({
      added: { passages: 0, documents: 0, cases: 0 },
      unchanged: { documents: 1, cases: 1 },
    });
    expect((await add({ corpus: "other" })).added).toEqual({ passages: 0, documents: 0, cases: 0 });
    expect(await library.passages.count()).toBe(1);
  });

  it("refuses an id that is there with other content and loses nothing; --replace takes the new content", async () => {
    await put(
      "manifest.jsonl",
      rows({ id: "t", text: "Old text about lungs." }, { id: "t", text: "Other text." }),
    );
    expect((await add()).refused).toMatchObject([{ code: "id-conflict", line: 2 }]);
    await put("manifest.jsonl", rows({ id: "t", text: "New text about hearts." }));
    expect((await add()).refused).toMatchObject([{ code: "id-conflict" }]);
    expect((await library.passages.searchTerms({ query: "lungs", top: 3, columns: [] })).length).toBe(1);
    expect((await add({ replace: true })).replaced).toEqual({ documents: 1, cases: 0 });
    expect((await library.passages.searchTerms({ query: "lungs", top: 3, columns: [] })).length).toBe(0);
    expect((await library.passages.searchTerms({ query: "hearts", top: 3, columns: [] })).length).toBe(1);
  });

  it("replaces a case whose labels changed only when told to", async () => {
    await put("a.png", await picture(10).png().toBuffer());
    await put("manifest.jsonl", rows({ id: "c", file: "a.png", labels: ["Old"] }));
    await add();
    await put("manifest.jsonl", rows({ id: "c", file: "a.png", labels: ["New"] }));
    expect((await add()).refused).toMatchObject([{ code: "id-conflict", id: "c" }]);
    expect((await add({ replace: true })).replaced).toEqual({ documents: 0, cases: 1 });
    expect(await library.cases.count()).toBe(1);
    expect((await library.cases.searchTerms({ query: "new", top: 3, columns: [] })).length).toBe(1);
  });

  it("reports each bad file and row with its code and cure, and adds all the good ones", async () => {
    const good = await picture(90).jpeg().toBuffer();
    const truncated = (await picture(30, 200).jpeg().toBuffer()).subarray(0, 400);
    const header = Buffer.from(await picture(1, 1).png().toBuffer());
    header.writeUInt32BE(20_000, 16);
    header.writeUInt32BE(20_000, 20);
    await put("good.jpg", good);
    await put("empty.png", "");
    await put("text.png", "this is text");
    await put("truncated.jpg", truncated);
    await put("huge.png", header);
    await writeFile(join(folder, "secret.png"), good);
    await symlink(join(folder, "secret.png"), join(files, "link.png"));
    await put(
      "manifest.jsonl",
      [
        rows(
          { id: "good", file: "good.jpg" },
          { id: "empty", file: "empty.png" },
          { id: "text", file: "text.png" },
        ),
        rows({ id: "truncated", file: "truncated.jpg" }, { id: "huge", file: "huge.png" }),
        "{not json",
        rows(
          { id: "out", file: "../secret.png" },
          { id: "link", file: "link.png" },
          { id: "gone", file: "gone.png" },
        ),
        rows(
          { id: "labels", file: "good.jpg", labels: 7 },
          { id: "none" },
          { id: "fine", text: "Some words to keep." },
        ),
      ].join("\n"),
    );
    const report = await add();
    expect(report.added).toEqual({ cases: 1, documents: 1, passages: 1 });
    const refused = Object.fromEntries(report.refused.map(({ line, code }) => [line, code]));
    expect(refused).toEqual({
      2: "file-empty",
      3: "image-not-image",
      4: "image-truncated",
      5: expect.stringMatching(/^image-/),
      6: "row-not-json",
      7: "file-outside-folder",
      8: "file-outside-folder",
      9: "path-missing",
      10: "row-invalid",
      11: "row-without-text",
    });
    for (const { message, cure } of report.refused) {
      expect(message).toMatch(/\.$/);
      expect(cure).toMatch(/\.$/);
      expect(message + cure).not.toContain(folder);
    }
  });

  it("keeps what a gzip bomb or a cut archive gave before, and refuses the rest", async () => {
    await put(
      "bomb.jsonl.gz",
      gzipSync(Buffer.concat([Buffer.from('{"id":"a","text":"first row"}\n'), Buffer.alloc(90_000_000, 32)])),
    );
    await put("cut.jsonl.gz", gzipSync(rows({ id: "b", text: "x" }).repeat(9)).subarray(0, 30));
    const report = await add();
    expect(report.refused.map(({ file, code }) => [file, code])).toEqual([
      ["bomb.jsonl.gz", "file-expands-too-far"],
      ["cut.jsonl.gz", "file-compression-broken"],
    ]);
    expect(report.added.documents).toBe(1);
  });

  it("reads loose files of a folder, follows no link out of it, and counts what it does not know", async () => {
    await mkdir(join(files, "deep"));
    await put("deep/a.webp", await picture(50).webp().toBuffer());
    await put("deep/b.txt", "Plain words.");
    await put("c.xyz", "?");
    await put("latin.txt", Buffer.from([0xe9, 0xe8]));
    await symlink("/etc/hostname", join(files, "out.txt"));
    const report = await add();
    expect(report.added).toEqual({ cases: 1, documents: 1, passages: 1 });
    expect(report.skipped).toEqual({ ".xyz": 1 });
    expect(report.refused.map(({ file, code }) => [file, code]).sort()).toEqual([
      ["latin.txt", "file-not-text"],
      ["out.txt", "file-outside-folder"],
    ]);
  });

  it("lets a manifest alone say what its folder holds", async () => {
    await put("manifest.jsonl", rows({ id: "t", text: "Some words." }));
    await put("README.md", "# About these data");
    await put("unlisted.png", await picture(5).png().toBuffer());
    expect((await add()).added).toEqual({ passages: 1, documents: 1, cases: 0 });
  });

  it("says what it did to an image so that it could be used", async () => {
    await put("a.png", await picture(10).png({ palette: true }).toBuffer());
    await put("b.jpg", await picture(200).jpeg().withMetadata({ orientation: 6 }).toBuffer());
    const { notes } = await add();
    expect(notes.some(({ file }) => file === "b.jpg")).toBe(true);
  });

  it("stores images by their content, without the metadata of their files", async () => {
    const bytes = await picture(77)
      .jpeg()
      .withExif({ IFD0: { Artist: "PLANTED-IDENTITY" } })
      .toBuffer();
    expect(bytes.toString("latin1")).toContain("PLANTED-IDENTITY");
    await put("a.jpg", bytes);
    await add();
    const all = await readdir(library.folder, { recursive: true, withFileTypes: true });
    const images = all.filter((entry) => entry.isFile() && entry.parentPath.includes("images"));
    expect(images).toHaveLength(1);
    for (const entry of all.filter((item) => item.isFile())) {
      const content = await readFile(join(entry.parentPath, entry.name));
      expect(content.includes("PLANTED-IDENTITY")).toBe(false);
    }
  });

  it("keeps what it has when it is interrupted, and completes it the next time", async () => {
    const many = Array.from({ length: 5_000 }, (_, n) => ({
      id: `t${n}`,
      text: `Passage number ${n} on lungs.`,
    }));
    await put("manifest.jsonl", rows(...many));
    const controller = new AbortController();
    const report = await addToLibrary({
      library,
      paths: [files],
      signal: controller.signal,
      onProgress: ({ items }) => items === 3_000 && controller.abort(),
    });
    expect(report.interrupted).toBe(true);
    const kept = await library.passages.count();
    expect(kept).toBe(report.added.passages);
    expect(kept).toBeGreaterThan(0);
    expect((await add()).added.documents).toBe(5_000 - kept);
    expect(await library.passages.count()).toBe(5_000);
  });

  it("refuses a path that is not there before it adds anything", async () => {
    await put("a.txt", "Some words.");
    const paths = [files, join(folder, "missing")];
    await expect(addToLibrary({ library, paths })).rejects.toMatchObject({ code: "path-missing" });
    expect(await library.passages.count()).toBe(0);
  });

  it("lets one command write at a time", async () => {
    await put("a.txt", "Some words.");
    const both = await Promise.allSettled([add(), add()]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await readdir(library.folder)).not.toContain("writer.lock");
  });

  it("makes a library where a killed command left a part of one", async () => {
    const place = join(folder, "half");
    await mkdir(place);
    await writeFile(join(place, "library.json.0f.part"), "{");
    using made = await openLibrary({ folder: place, embedder: builtInDescriptor, create: true });
    expect(made.manifest.schema).toBe(4);
  });
});

describe("opening a library", () => {
  const open = (create = false, embedder = builtInDescriptor) =>
    openLibrary({ folder: library.folder, embedder, create });

  it("says where there is none", async () => {
    await expect(openLibrary({ folder: files, embedder: builtInDescriptor })).rejects.toMatchObject({
      code: "library-missing",
    });
  });

  it("makes none in a folder that holds other things", async () => {
    await put("a.txt", "x");
    const opened = openLibrary({ folder: files, embedder: builtInDescriptor, create: true });
    await expect(opened).rejects.toMatchObject({ code: "library-folder-occupied" });
  });

  it("refuses a newer and an older schema, another embedder and a broken manifest", async () => {
    const file = join(library.folder, "library.json");
    const manifest = JSON.parse(await readFile(file, "utf8")) as object;
    await expect(open(false, { ...builtInDescriptor, preprocessingHash: "other" })).rejects.toMatchObject({
      code: "embedder-mismatch",
    });
    await writeFile(file, JSON.stringify({ ...manifest, schema: 99 }));
    await expect(open()).rejects.toMatchObject({ code: "library-newer" });
    await writeFile(file, JSON.stringify({ ...manifest, schema: 1 }));
    await expect(open()).rejects.toMatchObject({ code: "library-older" });
    await writeFile(file, "{");
    await expect(open(true)).rejects.toMatchObject({ code: "library-unreadable" });
  });

  it("tells what it holds, by corpus", async () => {
    await put("a.png", await picture(10).png().toBuffer());
    await put("b.md", "# B\n\nWords.");
    await add({ corpus: "mine" });
    const status = await readLibraryStatus(library);
    expect(status).toMatchObject({
      schema: 4,
      passages: 1,
      cases: 1,
      corpora: [{ name: "mine", passages: 1, cases: 1 }],
    });
    expect(status.embedders).toEqual([
      {
        id: builtInDescriptor.id,
        dimension: builtInDescriptor.dimension,
        preprocessingHash: builtInDescriptor.preprocessingHash,
      },
    ]);
    expect(status.bytes).toBeGreaterThan(1000);
  });
});
