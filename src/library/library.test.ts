import { mkdir, mkdtemp, readdir, readFile, realpath, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { builtInDescriptor } from "#imaging";
import { addToLibrary, openLibrary } from "./index.ts";
import { writeManifest } from "./manifest.ts";

let folder: string;
let place: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "medrounds-open-")));
  place = join(folder, "library");
});
afterEach(() => rm(folder, { recursive: true }));

const open = (create = false, at = place) =>
  openLibrary({ folder: at, embedder: builtInDescriptor, ...(create ? { create } : {}) });

async function fill(): Promise<void> {
  await mkdir(join(folder, "files"));
  await writeFile(join(folder, "files/a.txt"), "Some words.");
  using library = await open(true);
  await addToLibrary({ library, paths: [join(folder, "files")] });
}

describe("a damaged library", () => {
  it.each(["lance", "lance/passages.lance", "lance/cases.lance/_versions"])(
    "without %s is never taken for an empty one, nor repaired by opening it",
    async (part) => {
      await fill();
      await rm(join(place, part), { recursive: true });
      for (const create of [false, true]) {
        await expect(open(create)).rejects.toMatchObject({ code: "library-unreadable" });
      }
    },
  );

  it("with emptied tables says so when it is opened", async () => {
    await fill();
    const versions = join(place, "lance/passages.lance/_versions");
    for (const name of await readdir(versions)) await truncate(join(versions, name));
    await expect(open()).rejects.toMatchObject({ code: "library-unreadable" });
  });

  it("without its rows says so when it is searched", async () => {
    await fill();
    await rm(join(place, "lance/passages.lance/data"), { recursive: true });
    using library = await open();
    const reading = library.passages.find({ filter: { type: "all", filters: [] }, columns: ["record"] });
    await expect(reading).rejects.toMatchObject({ code: "library-unreadable" });
  });
});

describe("a library that lost its images", () => {
  it("has them again after the same files were added again", async () => {
    const files = join(folder, "files");
    await mkdir(files);
    const image = sharp({ create: { width: 40, height: 40, channels: 3, background: "#a52" } });
    await image.png().toFile(join(files, "a.png"));
    using library = await open(true);
    await addToLibrary({ library, paths: [files] });
    await rm(join(place, "images"), { recursive: true });
    const report = await addToLibrary({ library, paths: [files] });
    expect(report).toMatchObject({ added: { cases: 0 }, unchanged: { cases: 1 }, refused: [] });
    const stored = await readdir(join(place, "images"), { recursive: true });
    expect(stored.filter((name) => name.endsWith(".png"))).toHaveLength(1);
  });
});

describe("a library that was never filled", () => {
  it("opens although the command that made it was killed before it had tables", async () => {
    {
      using _made = await open(true);
    }
    await rm(join(place, "lance"), { recursive: true });
    using library = await open();
    expect(await library.passages.count()).toBe(0);
  });
});

describe("making a library", () => {
  it("is refused where a file or other files are, and in a place that can't be", async () => {
    await writeFile(join(folder, "a.txt"), "");
    await expect(open(true, folder)).rejects.toMatchObject({ code: "library-folder-occupied" });
    await expect(open(true, join(folder, "a.txt"))).rejects.toMatchObject({
      code: "library-folder-occupied",
    });
    const longName = open(true, join(folder, "x".repeat(300)));
    await expect(longName).rejects.toMatchObject({ code: "path-missing" });
    const below = open(true, join(folder, "a.txt", "library"));
    await expect(below).rejects.toMatchObject({ code: expect.stringMatching(/occupied|unwritable/) });
  });
});

describe("the manifest", () => {
  it("keeps a corpus that another command named since it was read", async () => {
    using first = await open(true);
    using second = await open();
    first.manifest.corpora.push("a");
    await writeManifest(place, first.manifest);
    second.manifest.corpora.push("b");
    await writeManifest(place, second.manifest);
    expect(JSON.parse(await readFile(join(place, "library.json"), "utf8"))).toMatchObject({
      corpora: ["a", "b"],
    });
  });
});
