import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MedRoundsError } from "#contracts";
import { type WrittenElement, writeDicom } from "../../../test/support/dicom-writer.ts";
import { readDirectory } from "./directory.ts";

let base = "";
let folder = "";
beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), "medrounds-directory-")));
  folder = join(base, "disc");
  await mkdir(join(folder, "images"), { recursive: true });
  await writeFile(join(folder, "images", "im1"), "1");
  await writeFile(join(folder, "images", "IM2.;1"), "2");
  await writeFile(join(base, "secret"), "3");
});
afterEach(() => rm(base, { recursive: true, force: true }));

function record(file: string, inUse = 0xffff): WrittenElement[] {
  return [
    [0x00041410, "US", [inUse]],
    [0x00041430, "CS", "IMAGE"],
    [0x00041500, "CS", file],
  ];
}

async function readRecords(...records: WrittenElement[][]) {
  const elements: WrittenElement[] = [
    [0x00041220, "SQ", { items: [[[0x00041430, "CS", "PATIENT"]], ...records] }],
  ];
  const path = join(folder, "DICOMDIR");
  await writeFile(path, writeDicom({ elements, meta: [[0x00020002, "UI", "1.2.840.10008.1.3.10"]] }));
  return readDirectory(path);
}

describe("readDirectory", () => {
  it("finds files in any case and with the version number of a disc, each once", async () => {
    const { files, refused } = await readRecords(
      record("IMAGES\\IM1"),
      record("IMAGES\\IM2"),
      record("IMAGES\\IM1"),
    );
    expect(files).toEqual([join(folder, "images/im1"), join(folder, "images/IM2.;1")]);
    expect(refused).toEqual([]);
  });

  it("leaves out records that are not in use", async () => {
    expect((await readRecords(record("IMAGES\\IM1", 0))).files).toEqual([]);
  });

  it("refuses what lies outside the folder, by name or by a link, and goes on", async () => {
    await symlink(join(base, "secret"), join(folder, "link"));
    const { files, refused } = await readRecords(
      record("..\\secret"),
      record("IMAGES\\..\\..\\secret"),
      record("IMAGES/../../secret"),
      record("\\etc\\passwd"),
      record("LINK"),
      record("IMAGES\\IM1"),
    );
    expect(files).toEqual([join(folder, "images/im1")]);
    expect(refused.map(({ error }) => MedRoundsError.is(error) && error.code)).toEqual(
      Array(5).fill("file-outside-folder"),
    );
  });

  it("refuses files that are missing", async () => {
    const { refused } = await readRecords(record("IMAGES\\IM9"));
    expect(refused.map(({ file, error }) => [file, MedRoundsError.is(error) && error.code])).toEqual([
      ["IMAGES/IM9", "path-missing"],
    ]);
  });

  it("refuses a file that is no DICOM file", async () => {
    const path = join(folder, "DICOMDIR");
    await writeFile(path, "not a directory of files");
    await expect(readDirectory(path)).rejects.toMatchObject({ code: "image-not-image" });
  });
});
