import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addToLibrary, type Library, openLibraryAt, openPassageSearch, searchLibrary } from "#assembly";
import { type Case, caseSchema } from "#contracts";
import { type WrittenElement, writeDicom, writeDicomImage } from "./support/dicom-writer.ts";
import { makeFolder, removeFolder } from "./support/run-cli.ts";
import { writeZip } from "./support/zip-writer.ts";

let folder: string;
let files: string;
let library: Library;
beforeEach(async () => {
  folder = await makeFolder("dicom-library");
  files = join(folder, "patients");
  library = await openLibraryAt(join(folder, "library"), { create: true });
});
afterEach(async () => {
  library[Symbol.dispose]();
  await removeFolder(folder);
});

/** A gradient of 64 × 48 pixels that is steeper for each number, of the patient with that number unless told. */
function xray(number: number, elements: WrittenElement[] = []): Buffer {
  const pixels = Array.from({ length: 64 * 48 }, (_, index) => {
    const [x, y] = [index % 64, Math.floor(index / 64)];
    return 1_000 + 30 * ((x * (number + 2) + y * y) % 97);
  });
  const standard: WrittenElement[] = [
    [0x00080018, "UI", `1.2.3.${number + 1}`],
    [0x00080060, "CS", "DX"],
    [0x00100020, "LO", `patient ${number}`],
    [0x00180015, "CS", "CHEST"],
    [0x00185101, "CS", "PA"],
    [0x0020000d, "UI", `1.2.3.4.${number + 1}`],
    [0x00280030, "DS", "0.2\\0.25"],
    [0x00281050, "DS", "2500"],
    [0x00281051, "DS", "3000"],
  ];
  const byTag = new Map([...standard, ...elements].map((element) => [element[0], element]));
  return writeDicomImage({ rows: 48, columns: 64, pixels, bitsStored: 12, elements: [...byTag.values()] });
}

async function put(name: string, content: Uint8Array | string): Promise<void> {
  await mkdir(dirname(join(files, name)), { recursive: true });
  await writeFile(join(files, name), content);
}

const add = (given: Partial<Parameters<typeof addToLibrary>[0]> = {}) =>
  addToLibrary({ library, paths: [files], ...given });

async function cases(): Promise<Case[]> {
  const found: Case[] = [];
  for await (const batch of library.cases.scan({ columns: ["record"] })) {
    found.push(...batch.map(({ row }) => caseSchema.parse(JSON.parse(row.record ?? ""))));
  }
  return found;
}

describe("a DICOM file in the library", () => {
  it("is a case with ids that are hashes, facts in the standard's terms, and the picture as it is shown", async () => {
    await put("one.dcm", xray(1));
    expect(await add()).toMatchObject({
      added: { cases: 1 },
      deidentified: { files: 1, replaced: expect.any(Number) },
      refused: [],
    });
    const [found] = await cases();
    expect(found).toMatchObject({
      id: expect.stringMatching(/^dicom\/2\.25\.\d+$/),
      corpus: "dicom",
      labels: [],
      text: "",
      width: 64,
      height: 48,
      patientId: expect.stringMatching(/^[0-9a-f]{32}$/),
      notes: ["window center 2500, width 3000, from the file"],
      metadata: {
        studyId: expect.stringMatching(/^2\.25\./),
        modality: "DX",
        bodyPart: "CHEST",
        view: "PA",
        plane: "frontal",
        photometric: "MONOCHROME2",
        rows: 48,
        columns: 64,
        spacing: { row: 0.2, column: 0.25, plane: "patient" },
      },
    });
    const image = join(library.folder, "images", found?.image.slice(0, 2) ?? "", found?.image ?? "");
    expect(await sharp(image).metadata()).toMatchObject({
      format: "png",
      width: 64,
      height: 48,
      depth: "uchar",
    });
    // Stored value 1,000 in this window: (1000 − 2499.5) / 2999 + 0.5 is 0.
    expect((await sharp(image).raw().toBuffer()).at(0)).toBe(0);
  });

  it("keeps its key for its owner alone", async () => {
    await put("one.dcm", xray(1));
    await add();
    expect((await stat(join(library.folder, "identity.key"))).mode & 0o777).toBe(0o600);
  });

  it("says no more than the standard's terms: what its codes hold else is left out", async () => {
    const codes: WrittenElement[] = [
      [0x00080060, "CS", "SOMEBODY"],
      [0x00180015, "CS", "SOMEBODY"],
      [0x00185101, "CS", "SOMEBODY"],
    ];
    await put("one.dcm", xray(1, codes));
    await add();
    expect(JSON.stringify(await cases())).not.toContain("SOMEBODY");
  });

  it("is known again under another name, and in another run", async () => {
    await put("one.dcm", xray(1));
    await add();
    await put("again/IM0001", xray(1));
    expect(await add()).toMatchObject({ added: { cases: 0 }, unchanged: { cases: 2 } });
  });

  it("is found by its stored picture, and by itself whoever asks for its patient", async () => {
    await put("one.dcm", xray(1));
    await put("same patient.dcm", xray(2, [[0x00100020, "LO", "patient 1"]]));
    await put("other.dcm", xray(3));
    await add();
    await using search = await openPassageSearch({ library });
    const [found] = (await cases()).filter(({ metadata }) => metadata.studyId !== undefined);
    const stored = await readFile(
      join(library.folder, "images", found?.image.slice(0, 2) ?? "", found?.image ?? ""),
    );
    const byPicture = await searchLibrary({ library, search, top: 9, image: { name: "x", bytes: stored } });
    expect(byPicture.excluded?.sameImage).toBe(1);
    const own = await searchLibrary({ library, search, top: 9, image: { name: "x", bytes: xray(1) } });
    expect(own.excluded).toMatchObject({ sameImage: 1, samePatient: 1 });
    const drawing = await sharp({ create: { width: 9, height: 9, channels: 3, background: "red" } })
      .png()
      .toBuffer();
    const named = { library, search, top: 9, image: { name: "x", bytes: drawing }, patientId: "patient 1" };
    expect((await searchLibrary(named)).excluded).toMatchObject({ sameImage: 0, samePatient: 2 });
  });
});

describe("where DICOM files come from", () => {
  it("is a folder: with an extension, with none, with a number for one; other files are skipped", async () => {
    await put("a/one.dcm", xray(1));
    await put("a/IM2", xray(2));
    await put("b/1.2.840.3", xray(3));
    await put("readme.xyz", "nothing");
    expect(await add()).toMatchObject({ added: { cases: 3 }, refused: [], skipped: { ".xyz": 1 } });
  });

  it("is an archive, whose files are named by their place in it", async () => {
    const archive = writeZip([
      { name: "study/IM1", content: xray(1) },
      { name: "study/IM2.dcm", content: xray(2).subarray(0, -100) },
      { name: "DICOMDIR", content: Buffer.from("x") },
      { name: "viewer.exe", content: Buffer.from("x") },
    ]);
    await put("studies.zip", archive);
    const report = await add();
    expect(report).toMatchObject({ added: { cases: 1 }, skipped: { ".exe": 1 } });
    expect(report.refused).toMatchObject([{ file: "studies.zip/study/IM2.dcm", code: "image-truncated" }]);
  });

  it("is a DICOMDIR, which names files of its folder and no others", async () => {
    await put("disc/images/im1", xray(1));
    await put("disc/not-listed.dcm", xray(2));
    const record = (file: string): WrittenElement[] => [[0x00041500, "CS", file]];
    const records = { items: [record("IMAGES\\IM1"), record("..\\SECRET"), record("IMAGES\\IM2")] };
    const meta: WrittenElement[] = [[0x00020002, "UI", "1.2.840.10008.1.3.10"]];
    await put("disc/DICOMDIR", writeDicom({ elements: [[0x00041220, "SQ", records]], meta }));
    const report = await add({ paths: [join(files, "disc/DICOMDIR")] });
    expect(report.added.cases).toBe(1);
    expect(report.refused.map(({ code }) => code)).toEqual(["file-outside-folder", "path-missing"]);
    // As part of a folder, it adds nothing to what is found there.
    expect(await add()).toMatchObject({ added: { cases: 1 }, unchanged: { cases: 1 }, refused: [] });
  });

  it("is a manifest, whose labels and ids count", async () => {
    await put("x.dcm", xray(1));
    const row = { file: "x.dcm", id: "first", labels: ["Effusion"], patient_id: "p1" };
    await put("manifest.jsonl", JSON.stringify(row));
    await add();
    expect(await cases()).toMatchObject([
      { id: "patients/first", corpus: "patients", labels: [{ name: "Effusion" }], patientId: "p1" },
    ]);
  });
});

describe("what a DICOM file is refused for", () => {
  it("stops no other file: no picture, half a picture, no end of it, no DICOM at all", async () => {
    await put("good.dcm", xray(1));
    await put("report.dcm", writeDicom({ elements: [[0x00080060, "CS", "SR"]] }));
    await put("half.dcm", xray(2).subarray(0, -2_000));
    await put(
      "huge.dcm",
      xray(3, [
        [0x00280010, "US", [65_535]],
        [0x00280011, "US", [65_535]],
      ]),
    );
    await put("text.dcm", "no DICOM file");
    const { added, refused } = await add();
    expect(added.cases).toBe(1);
    expect(refused.map(({ file, code }) => [file, code]).sort()).toEqual([
      ["half.dcm", "image-truncated"],
      ["huge.dcm", "image-too-large"],
      ["report.dcm", "dicom-without-pixels"],
      ["text.dcm", "image-not-image"],
    ]);
    expect(
      (await readdir(join(library.folder, "images"), { recursive: true })).filter((name) => /png/.test(name)),
    ).toHaveLength(1);
  });

  it("can be text in its pixels; it is flagged otherwise", async () => {
    const burned: WrittenElement[] = [[0x00280301, "CS", "YES"]];
    await put("one.dcm", xray(1, burned));
    expect((await add({ refuseBurnedIn: true })).refused).toMatchObject([{ code: "burned-in-text" }]);
    const report = await add();
    expect(report.notes).toContainEqual({
      file: "one.dcm",
      note: "the file says that there is text in its pixels",
    });
    expect((await cases())[0]?.notes).toContain("the file says that there is text in its pixels");
  });
});
