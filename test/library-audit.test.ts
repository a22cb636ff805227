import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LibraryAudit, SplitAudit } from "#assembly";
import { writeDicomImage } from "./support/dicom-writer.ts";
import { drawnCases, writeDrawnCases } from "./support/drawn-cases.ts";
import { makeFolder, projectRoot, removeFolder, runCli } from "./support/run-cli.ts";

let folder: string;
const cases = drawnCases(6);
const lines = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).join("\n");
const report =
  "The left lower lobe shows a dense consolidation with an air bronchogram and a small effusion.";
const question = "Which spots precede the rash of measles by two days?";

/** A DICOM image of a patient, another picture for each number. */
function radiograph(patientId: string, number: number): Buffer {
  const side = 32;
  const pixels = Array.from({ length: side * side }, (_, pixel) => {
    return 500 + Math.round(400 * Math.sin((pixel % side) / (2 + number)) * Math.cos(pixel / 90));
  });
  const elements = [[0x00100020, "LO", patientId]] as const;
  return writeDicomImage({ rows: side, columns: side, pixels, elements });
}

const audit = (...args: string[]) => runCli(["library", "audit", ...args], { cwd: folder });

beforeAll(async () => {
  folder = await makeFolder("audit");
  await writeDrawnCases(join(folder, "library-cases"), cases);
  await mkdir(join(folder, "scans"));
  await writeFile(join(folder, "scans/first.dcm"), radiograph("MRN-0042", 1));
  const texts = [
    { id: "clean", title: "Measles", text: "Measles is a viral disease with a rash." },
    { id: "leaky", title: "Exam", text: `A favorite: ${question} Koplik spots.` },
    { id: "report", title: "Report", text: report },
  ];
  await writeFile(join(folder, "texts.jsonl"), lines(texts));
  const sources = ["library-cases", "scans", "texts.jsonl"];
  const added = await runCli(["library", "add", ...sources, "--library", "lib"], { cwd: folder });
  expect(added.code, added.stderr).toBe(0);

  // The library's first image mirrored and recompressed, another patient's new image, a new one of patient-2, and one unlike all.
  const test = join(folder, "test");
  await mkdir(test);
  const first = await readFile(join(folder, "library-cases/case-0.png"));
  await writeFile(join(test, "mirrored.jpg"), await sharp(first).flop().jpeg({ quality: 80 }).toBuffer());
  await writeFile(join(test, "copied.png"), await readFile(join(folder, "library-cases/case-3.png")));
  const fresh = drawnCases(20).slice(30, 33);
  await writeDrawnCases(test, fresh);
  await writeFile(join(test, "later.dcm"), radiograph("MRN-0042", 5));
  await writeFile(join(test, "broken.png"), "no image");
  const [related, worded, clean] = fresh;
  await writeFile(
    join(test, "manifest.jsonl"),
    lines([
      { id: "mirrored", file: "mirrored.jpg" },
      { id: "copied", file: "copied.png", patient_id: "unknown" },
      { id: "related", file: related?.file, patient_id: "patient-2" },
      { id: "worded", file: worded?.file, text: report },
      { id: "clean", file: clean?.file, patient_id: "patient-99" },
      { id: "later", file: "later.dcm" },
      { id: "broken", file: "broken.png" },
    ]),
  );
  await writeFile(
    join(folder, "queries.jsonl"),
    lines([
      { _id: "q1", text: question },
      { _id: "q2", text: "Short one?" },
    ]),
  );
});
afterAll(() => removeFolder(folder));

describe("library audit", () => {
  it("tells which cases of a test set a library already holds something of, and by what", async () => {
    const { code, stdout } = await audit("--manifest", "test/manifest.jsonl", "--library", "lib", "--json");
    expect(code).toBe(0);
    const found = JSON.parse(stdout) as LibraryAudit;
    expect(found).toMatchObject({ cases: 13, passages: 3, testSets: [], leaking: [] });
    const [set] = found.sets;
    expect(set).toMatchObject({ queries: 6, touched: 5, reasons: { sameImage: 1, nearIdentical: 1 } });
    const told = set?.leaks.map(({ query, reasons }) => [query, Object.keys(reasons)]);
    expect(told).toEqual([
      ["mirrored", ["nearIdentical", "samePatient"]],
      ["copied", ["sameImage", "samePatient"]],
      ["related", ["samePatient"]],
      ["worded", ["overlappingText"]],
      ["later", ["samePatient"]],
    ]);
    expect(set?.leaks[2]?.reasons.samePatient?.count).toBe(2);
    expect(set?.refused).toMatchObject([{ id: "broken", code: "image-not-image", line: 7 }]);
    expect(stdout).not.toContain("MRN-0042");
  });

  it("tells which passages of a library hold a test question", async () => {
    const args = ["--test-set", "queries.jsonl", "--library", "lib"];
    const { code, stdout } = await audit(...args, "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      passages: 3,
      testSets: [{ questions: 2, tooShort: 1, touched: 1, share: 0.5, reasons: { contained: 1 } }],
      leaking: [{ title: "Exam", leaks: [{ id: "q1", reason: "contained" }] }],
    });
    const words = await audit(...args);
    expect(words.stdout).toContain("1 passage of 3 hold a test question");
    expect(words.stdout).toMatch(/q1\s+\(contained\)/);
  });

  it("says it in words with examples, within 80 columns, and fails above a share", async () => {
    const args = ["--manifest", "test/manifest.jsonl", "--library", "lib"];
    const { code, stdout } = await audit(...args, "--fail-above", "0.5");
    expect(code).toBe(1);
    expect(stdout).toMatch(/manifest\.jsonl +6 +5 +83\.33 % +1 +1 +4 +0 +1/);
    expect(stdout).toContain("The same pixels, manifest.jsonl:\n  copied: ");
    expect(stdout).toContain("Refused, not compared: 1");
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(await audit(...args, "--fail-above", "0.9")).toMatchObject({ code: 0 });
  });

  it("fails above any share where nothing could be compared", async () => {
    await writeFile(join(folder, "lost.jsonl"), lines([{ id: "lost", file: "lost.png" }]));
    const args = ["--manifest", "lost.jsonl", "--library", "lib"];
    expect(await audit(...args)).toMatchObject({ code: 0 });
    expect(await audit(...args, "--fail-above", "0.9")).toMatchObject({ code: 1 });
  });

  it("compares two libraries, and a removed case is met no more", async () => {
    await writeDrawnCases(join(folder, "other-cases"), [
      ...cases.slice(0, 2),
      ...drawnCases(30).slice(40, 44),
    ]);
    await runCli(["library", "add", "other-cases", "--library", "other"], { cwd: folder });
    const compare = async () => {
      const { stdout } = await audit("--library", "other", "--other-library", "lib", "--json");
      return (JSON.parse(stdout) as LibraryAudit).sets[0];
    };
    expect(await compare()).toMatchObject({ queries: 13, touched: 2, reasons: { sameImage: 2 } });
    const removed = [
      "library",
      "remove",
      "--id",
      "other-cases/case-0",
      "other-cases/case-1",
      "--library",
      "other",
      "--yes",
    ];
    expect(await runCli(removed, { cwd: folder })).toMatchObject({ code: 0 });
    expect(await compare()).toMatchObject({ touched: 0 });
  });

  it("compares the parts of a manifest without a library", async () => {
    const rows = cases.map((row, index) => ({ ...row, naive: index % 2 === 0 ? "train" : "test" }));
    const split = rows.map((row, index) => ({ ...row, split: index < 8 ? "train" : "test" }));
    await writeFile(
      join(folder, "library-cases/split.jsonl"),
      lines([...split, { id: "x", text: "No image." }]),
    );
    const across = async (field: string) => {
      const { stdout } = await audit("--manifest", "library-cases/split.jsonl", "--across", field, "--json");
      return (JSON.parse(stdout) as { manifests: SplitAudit[] }).manifests[0]?.sets;
    };
    expect(await across("naive")).toMatchObject([
      { name: "test", queries: 6, touched: 6, reasons: { samePatient: 6 } },
      { name: "train", queries: 6, touched: 6 },
    ]);
    expect(await across("split")).toMatchObject([{ touched: 0 }, { touched: 0 }]);
  });

  it("refuses what says nothing to compare", async () => {
    for (const args of [
      [],
      ["--across", "split"],
      ["--across", "nothing", "--manifest", "test/manifest.jsonl"],
      ["--across", "split", "--manifest", "test/manifest.jsonl", "--test-set", "queries.jsonl"],
    ]) {
      const { code, stderr } = await audit(...args);
      expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining("usage-invalid") });
    }
  });
});

const data = join(projectRoot, "../shared/data");
describe.skipIf(!existsSync(data))("on real images (skipped where ../shared/data is absent)", () => {
  type Row = Record<string, unknown> & { file: string };
  const take = async (set: string, choose: (rows: Row[]) => (Row & { part: string })[]) => {
    const target = join(folder, set);
    await mkdir(target, { recursive: true });
    const text = await readFile(join(data, set, "manifest.jsonl"), "utf8");
    const rows = choose(
      text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as Row),
    );
    for (const [number, row] of rows.entries()) {
      const file = `${number}.jpg`;
      await writeFile(join(target, file), await readFile(join(data, set, row.file)));
      row.file = file;
    }
    await writeFile(join(target, "manifest.jsonl"), lines(rows));
    return async (field: string) => {
      const { stdout } = await audit("--manifest", `${set}/manifest.jsonl`, "--across", field, "--json");
      return (JSON.parse(stdout) as { manifests: SplitAudit[] }).manifests[0]?.sets ?? [];
    };
  };

  it("sees the patients that a split of radiographs by image shares, and none in a split by patient", async () => {
    const across = await take("cxr_nih", (rows) =>
      rows.slice(0, 60).map((row, index) => ({
        ...row,
        part: index % 4 === 0 ? "test" : "train",
        fair: String(row.patient_id) < "nih-00001300" ? "test" : "train",
      })),
    );
    const [test] = await across("part");
    expect(test?.queries).toBe(15);
    expect(test?.reasons.samePatient).toBeGreaterThan(5);
    expect(test?.share).toBe((test?.touched ?? 0) / 15);
    for (const { queries, touched } of await across("fair")) {
      expect(queries).toBeGreaterThan(5);
      expect(touched).toBe(0);
    }
  });

  it("sees the slides that a split of tiles shares", async () => {
    const across = await take("path_prostate_gleason", (rows) =>
      rows.slice(0, 40).map((row, index) => ({ ...row, part: index % 2 === 0 ? "test" : "train" })),
    );
    const [test] = await across("part");
    expect(test?.reasons.sameSlide).toBeGreaterThan(10);
  });

  it("finds mirrored, recompressed and cropped copies of tiles, and takes no two tiles for one", async () => {
    const across = await take("path_cervical_lbc", (rows) =>
      rows.slice(0, 24).map((row) => ({ ...row, part: "library" })),
    );
    const manifest = join(folder, "path_cervical_lbc/manifest.jsonl");
    const changed = [];
    for (let number = 0; number < 24; number++) {
      const tile = sharp(join(folder, `path_cervical_lbc/${number}.jpg`));
      const copy =
        number % 2 === 0
          ? tile.flop().resize(300)
          : tile.extract({ left: 9, top: 14, width: 490, height: 480 });
      const file = `copy-${number}.jpg`;
      await copy.jpeg({ quality: 70 }).toFile(join(folder, "path_cervical_lbc", file));
      changed.push({ id: `copy-${number}`, file, part: "copies" });
    }
    await writeFile(manifest, `${await readFile(manifest, "utf8")}\n${lines(changed)}`);
    const [copies] = await across("part");
    expect(copies).toMatchObject({
      name: "copies",
      queries: 24,
      touched: 24,
      reasons: { nearIdentical: 24 },
    });
    expect(copies?.leaks.every(({ reasons }) => reasons.nearIdentical?.count === 1)).toBe(true);
  });
});
