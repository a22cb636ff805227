import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeDicomImage } from "./support/dicom-writer.ts";
import { findMarks, plantedFiles } from "./support/planted-identities.ts";
import { type CliResult, makeFolder, removeFolder, runCli } from "./support/run-cli.ts";
import { writeZip } from "./support/zip-writer.ts";

let folder: string;
const pixels = [0, 100, 200, 300, 400, 500];
const planted = plantedFiles(6);

beforeAll(async () => {
  folder = await makeFolder("dicom-commands");
  const ramp = writeDicomImage({
    rows: 2,
    columns: 3,
    pixels,
    photometric: "MONOCHROME1",
    elements: [
      [0x00100010, "PN", "Planted^Name"],
      [0x00280030, "DS", "0.5\\0.5"],
      [0x00281050, "DS", "250.5"],
      [0x00281051, "DS", "501"],
    ],
  });
  await writeFile(join(folder, "ramp.dcm"), ramp);
  const content = planted.map(({ name, bytes }) => ({ name, content: bytes }));
  await writeFile(join(folder, "study.zip"), writeZip(content));
});
afterAll(() => removeFolder(folder));

const run = (...args: string[]): Promise<CliResult> => runCli(args, { cwd: folder });

describe("image info", () => {
  it("tells format, coding, shape, range, hash, how it is shown, and what identifies without its value", async () => {
    const { code, stdout, stderr } = await run("image", "info", "ramp.dcm", "--json");
    expect([code, stderr]).toEqual([0, ""]);
    const bytes = Buffer.from(Uint16Array.from(pixels).buffer);
    expect(JSON.parse(stdout)).toMatchObject({
      file: "ramp.dcm",
      format: "DICOM",
      transferSyntax: { uid: "1.2.840.10008.1.2.1" },
      shape: [2, 3],
      type: "uint16",
      min: 0,
      max: 500,
      mean: 250,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      photometric: "MONOCHROME1",
      spacing: { row: 0.5, column: 0.5, plane: "patient" },
      display: [expect.stringContaining("window center 250.5"), expect.stringContaining("inverted")],
      identifying: expect.arrayContaining([expect.objectContaining({ tag: "(0010,0010)" })]),
    });
    expect(stdout).not.toContain("Planted");
    const people = await run("image", "info", "ramp.dcm");
    expect(people.stdout).toContain("(0010,0010)");
    expect(people.stdout).not.toContain("Planted");
  });

  it("refuses what is no image with a code, without a trace", async () => {
    await writeFile(join(folder, "text.dcm"), "no image");
    const { code, stdout, stderr } = await run("image", "info", "text.dcm");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("(image-not-image)");
    expect(stderr).not.toContain(" at ");
  });
});

describe("image render", () => {
  const values = async (file: string) => [...(await sharp(join(folder, file)).greyscale().raw().toBuffer())];

  it("writes what is shown as a PNG: window, then inversion", async () => {
    expect(await run("image", "render", "ramp.dcm", "--out", "ramp.png")).toMatchObject({
      code: 0,
      stderr: "",
    });
    // PS3.3 C.11.2.1.2.1 with c = 250.5, w = 501: value / 500, then 1 − that, times 255.
    expect(await values("ramp.png")).toEqual([255, 204, 153, 102, 51, 0]);
  });

  it("takes another window, also with a negative center, and writes into new folders", async () => {
    const args = ["--window", "-10.5/20", "--out", "new/other.png"];
    expect(await run("image", "render", "ramp.dcm", ...args)).toMatchObject({ code: 0 });
    expect(await values("new/other.png")).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("overwrites nothing, and refuses a frame and a window that make no sense", async () => {
    const again = async (...args: string[]) => (await run("image", "render", "ramp.dcm", ...args)).stderr;
    expect(await again("--out", "ramp.png")).toContain("(path-occupied)");
    expect(await again("--out", "x.png", "--frame", "2")).toContain("(frame-missing)");
    expect(await again("--out", "x.png", "--window", "40")).toContain("(usage-invalid)");
    expect(await readdir(folder)).not.toContain("x.png");
  });
});

describe("deidentify", () => {
  it("writes the files of an archive under new names, without identities, and overwrites nothing", async () => {
    const args = ["deidentify", "study.zip", "--out", "clean", "--key", "study.key", "--json"];
    const first = await run(...args);
    expect([first.code, first.stderr]).toEqual([0, ""]);
    const { files, refused } = JSON.parse(first.stdout) as { files: { out: string }[]; refused: unknown[] };
    expect([files.length, refused]).toEqual([6, []]);
    const names = await readdir(join(folder, "clean"));
    expect(names.sort()).toEqual(files.map(({ out }) => out).sort());
    for (const name of names) {
      expect(name).toMatch(/^[0-9a-f]{32}\.dcm$/);
      expect(findMarks(await readFile(join(folder, "clean", name)))).toEqual([]);
    }
    // The same key gives the same names.
    const second = await run(...args);
    expect(second.code).toBe(1);
    expect(second.stdout.match(/"path-occupied"/g)).toHaveLength(6);
  });

  it("tells people what was done, and of a file that it can't read", async () => {
    await writeFile(join(folder, "half.dcm"), planted[0]?.bytes.subarray(0, 2_000) ?? "");
    const good = await run("deidentify", "ramp.dcm", "--out", "one");
    expect(good).toMatchObject({ code: 0, stdout: expect.stringContaining("Wrote 1 file") });
    const bad = await run("deidentify", "half.dcm", "--out", "one");
    expect(bad).toMatchObject({ code: 1, stdout: expect.stringContaining("(image-truncated)") });
    expect((await run("deidentify", "none", "--out", "one")).stderr).toContain("(path-missing)");
  });
});
