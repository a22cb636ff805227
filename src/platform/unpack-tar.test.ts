import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { type Header, pack } from "tar-stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { unpackTar } from "./unpack-tar.ts";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-unpack-"));
  file = join(folder, "book.tar.gz");
});
afterEach(() => rm(folder, { recursive: true }));

type Entry = Partial<Header> & { name: string; text?: string };

async function writeArchive(...entries: Entry[]): Promise<void> {
  const archive = pack();
  for (const { text = "", ...header } of entries) archive.entry(header, text);
  archive.finalize();
  await writeFile(file, gzipSync(await buffer(archive)));
}

const unpack = () =>
  unpackTar({ file, folder: join(folder, "out"), isWanted: (name) => name.endsWith(".nxml") });
const unpacked = async () =>
  (await readdir(join(folder, "out"), { recursive: true }).catch(() => [])).toSorted();

describe("an archive", () => {
  it("gives the files that are wanted, in their folders, with their content", async () => {
    await writeArchive(
      { name: "book/", type: "directory" },
      { name: "./book/one.nxml", text: "<book/>" },
      { name: "book/picture.jpg", text: "pixels" },
      { name: `book/${"long-".repeat(40)}name.nxml`, text: "long" },
    );
    expect(await unpack()).toEqual({ files: 2, bytes: 11 });
    expect(await readFile(join(folder, "out/book/one.nxml"), "utf8")).toBe("<book/>");
    expect(await unpacked()).toEqual(["book", `book/${"long-".repeat(40)}name.nxml`, "book/one.nxml"]);
  });

  it.each<[string, Entry]>([
    ["a path upwards", { name: "../out.nxml" }],
    ["a path upwards in its middle", { name: "book/../../out.nxml" }],
    ["an absolute path", { name: "/tmp/out.nxml" }],
    ["a path of Windows", { name: "c:/out.nxml" }],
    ["a path with backslashes", { name: "..\\out.nxml" }],
    ["a symbolic link", { name: "one.nxml", type: "symlink", linkname: "/etc/passwd" }],
    ["a hard link", { name: "one.nxml", type: "link", linkname: "/etc/passwd" }],
    ["a device", { name: "one.nxml", type: "character-device" }],
    ["a pipe", { name: "one.nxml", type: "fifo" }],
  ])("with %s is refused, and nothing lies outside its folder", async (_what, entry) => {
    await writeArchive({ name: "good.nxml", text: "good" }, { ...entry });
    await expect(unpack()).rejects.toMatchObject({ code: "archive-unsafe" });
    expect((await readdir(folder)).toSorted()).toEqual(["book.tar.gz", "out"]);
    expect(await unpacked()).toEqual(["good.nxml"]);
  });

  it("that expands out of all proportion is refused", async () => {
    const zeros = "0".repeat(70 * 1024 * 1024);
    await writeArchive({ name: "a.nxml", text: zeros });
    await expect(unpack()).rejects.toMatchObject({ code: "archive-unsafe" });
    expect(await unpacked()).toEqual([]);
  });

  it.each([
    ["cut short", () => truncate(file, 60)],
    ["without its end", () => truncate(file, 300)],
    ["that is none", () => writeFile(file, "<p>Welcome</p>")],
    ["that is compressed noise", () => writeFile(file, gzipSync(Buffer.alloc(5_000, "noise")))],
  ])("%s is broken", async (_what, damage) => {
    const noise = Array.from({ length: 400 }, (_, n) => ((n * 7919) % 9973).toString(36)).join("");
    await writeArchive({ name: "a.nxml", text: noise });
    await damage();
    await expect(unpack()).rejects.toMatchObject({ code: "archive-broken" });
  });

  it("that is not there is path-missing", async () => {
    await expect(unpack()).rejects.toMatchObject({ code: "path-missing" });
  });
});
