import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MedRoundsError } from "#contracts";
import { writeZip, type ZippedFile } from "../../../test/support/zip-writer.ts";
import { openArchive } from "./archive.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-archive-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function unpack(content: Uint8Array): Promise<[string, string][]> {
  const path = join(folder, "archive.zip");
  await writeFile(path, content);
  await using archive = await openArchive(path);
  const files: [string, string][] = [];
  for (const { name, read } of archive.files) files.push([name, Buffer.from(await read()).toString()]);
  return files;
}

const unpackFiles = (...files: ZippedFile[]) => unpack(writeZip(files));
const text = (content: string) => Buffer.from(content);

describe("openArchive", () => {
  it("lists the files of an archive, without its folders, and reads them", async () => {
    const files = await unpackFiles(
      { name: "study/", content: text("") },
      { name: "study/im1", content: text("one") },
      { name: "study/im2", content: text("two") },
    );
    expect(files).toEqual([
      ["study/im1", "one"],
      ["study/im2", "two"],
    ]);
  });

  it.each(["../out", "study/../../out", "/out", "C:/out", "..\\out"])("refuses the path %j", async (name) => {
    await expect(unpackFiles({ name, content: text("x") })).rejects.toMatchObject({ code: "archive-unsafe" });
  });

  it("refuses links", async () => {
    const link = { name: "link", content: text("/etc/passwd"), mode: 0o120777 };
    await expect(unpackFiles(link)).rejects.toMatchObject({ code: "archive-unsafe" });
  });

  it("refuses an archive in an archive, and a file with a password", async () => {
    const inner = writeZip([{ name: "x", content: text("x") }]);
    await expect(unpackFiles({ name: "inner", content: inner })).rejects.toMatchObject({
      code: "archive-nested",
    });
    await expect(unpackFiles({ name: "x", content: text("x"), encrypted: true })).rejects.toMatchObject({
      code: "file-encrypted",
    });
  });

  it("refuses what would unpack to far more than its size", async () => {
    const bomb = { name: "x", content: Buffer.alloc(100_000), claimedBytes: 800 * 1024 * 1024 };
    await expect(unpackFiles(bomb)).rejects.toMatchObject({ code: "archive-unsafe" });
  });

  it("refuses a file that is longer than its entry says, or other than its checksum says", async () => {
    const longer = { name: "x", content: Buffer.alloc(100_000), claimedBytes: 10 };
    await expect(unpackFiles(longer)).rejects.toMatchObject({ code: "archive-broken" });
    const other = { name: "x", content: text("x"), checksum: 1 };
    await expect(unpackFiles(other)).rejects.toMatchObject({ code: "archive-broken" });
  });

  it("says where the archive is missing", async () => {
    await expect(openArchive(join(folder, "none.zip"))).rejects.toMatchObject({ code: "path-missing" });
  });

  it("gives classified errors alone for damaged archives, without names of entries", async () => {
    const valid = writeZip([
      { name: "Zorvak", content: text("one") },
      { name: "Zorvak/two", content: text("two") },
    ]);
    const changes = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(changes, async (list) => {
        const damaged = Buffer.from(valid);
        for (const [at, value] of list) damaged[at] = value;
        const error = await unpack(damaged).catch((caught: unknown) => caught);
        if (Array.isArray(error)) return;
        expect(MedRoundsError.is(error)).toBe(true);
        expect(String(error)).not.toContain("Zorvak");
      }),
      { numRuns: 150 },
    );
  });
});
