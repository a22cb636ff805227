import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { labelSchema } from "#contracts";
import { encodePng } from "#imaging";
import { chestPhantoms } from "./phantoms/chest-phantoms.ts";
import { tissuePhantoms } from "./phantoms/tissue-phantoms.ts";
import { demoQuestions } from "./questions.ts";
import { writeDemo } from "./write-demo.ts";

type Row = {
  id: string;
  file: string;
  labels: { name: string; status: string }[];
  text: string;
  patient_id?: string;
  slide_id?: string;
};

let root: string;
let rows: Row[];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "medrounds-demo-"));
  await writeDemo({ folder: join(root, "first") });
  const manifest = await readFile(join(root, "first/library/manifest.jsonl"), "utf8");
  rows = manifest
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
});

afterAll(() => rm(root, { recursive: true, force: true }));

async function fingerprints(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hashes = files.sort().map(async (file) => {
    const hash = createHash("sha256").update(await readFile(file));
    return [file.slice(folder.length), hash.digest("hex")] as const;
  });
  return Object.fromEntries(await Promise.all(hashes));
}

function countByClass(prefix: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of rows.filter(({ id }) => id.startsWith(prefix))) {
    const name = row.labels[0]?.name ?? "";
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

describe("writeDemo", () => {
  it("draws the same bytes each time", async () => {
    const phantoms = [...chestPhantoms(), ...tissuePhantoms()].filter((_, index) => index % 9 === 0);
    expect(phantoms.length).toBeGreaterThan(10);
    for (const phantom of phantoms) {
      const written = await readFile(join(root, `first/library/images/${phantom.id}.png`));
      expect(written.equals(await encodePng(phantom.draw())), phantom.id).toBe(true);
    }
  });

  it("draws no two images alike", async () => {
    const images = Object.entries(await fingerprints(join(root, "first"))).filter(([file]) =>
      file.endsWith(".png"),
    );
    expect(new Set(images.map(([, hash]) => hash)).size).toBe(images.length);
  });

  it("writes twelve chest images and ten tissue tiles of each class", () => {
    expect(countByClass("phantom-chest-")).toEqual({
      "No finding": 12,
      Consolidation: 12,
      "Pleural effusion": 12,
      Pneumothorax: 12,
      Cardiomegaly: 12,
      "Lung nodule": 12,
    });
    expect(countByClass("phantom-tissue-")).toEqual({
      "Normal squamous mucosa": 10,
      "Squamous cell carcinoma": 10,
      "Chronic inflammation": 10,
      Steatosis: 10,
    });
  });

  it("names each image of the folder in exactly one row", async () => {
    const images = await readdir(join(root, "first/library/images"));
    expect(rows.map(({ file }) => file).sort()).toEqual(images.map((name) => `images/${name}`).sort());
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });

  it("gives each label a status of the contract, the first one present, and some uncertain", () => {
    const labels = rows.flatMap((row) => row.labels);
    for (const label of labels) expect(labelSchema.safeParse(label).success).toBe(true);
    expect(rows.every((row) => row.labels[0]?.status === "present")).toBe(true);
    const statuses = new Set(labels.map(({ status }) => status));
    expect([...statuses].sort()).toEqual(["absent", "present", "uncertain"]);
  });

  it("says of each row that it is synthetic, where it comes from and under which licence", () => {
    for (const row of rows) {
      expect(row).toMatchObject({
        synthetic: true,
        licence: "Apache-2.0",
        source: "MedRounds phantom, drawn by code",
      });
      expect(row.text).toMatch(/^Synthetic phantom/);
    }
  });

  it("gives chest images a patient and tiles a slide, some with two images, never across classes", () => {
    const classes = new Map<string, Set<string>>();
    const images = new Map<string, number>();
    for (const row of rows) {
      const owner = row.patient_id ?? row.slide_id ?? "";
      expect(owner).toMatch(
        row.id.startsWith("phantom-chest") ? /^phantom-patient-\d\d$/ : /^phantom-slide-\d\d$/,
      );
      classes.set(owner, (classes.get(owner) ?? new Set()).add(row.labels[0]?.name ?? ""));
      images.set(owner, (images.get(owner) ?? 0) + 1);
    }
    expect([...classes.values()].every((names) => names.size === 1)).toBe(true);
    expect(new Set(images.values())).toEqual(new Set([1, 2]));
  });

  it("asks about patients and slides that are not in the library", () => {
    const owners = new Set(rows.flatMap((row) => [row.patient_id, row.slide_id]).filter(Boolean));
    const asked = demoQuestions.flatMap(({ patientId, slideId }) => [patientId, slideId]).filter(Boolean);
    expect(asked).toHaveLength(3);
    for (const owner of asked) expect(owners.has(owner)).toBe(false);
  });

  it("writes the image of each question, chest in gray and tissue in color", async () => {
    const names = demoQuestions.flatMap(({ image }) => image ?? []);
    expect((await readdir(join(root, "first/questions"))).sort()).toEqual([...names].sort());
    for (const { image, slideId } of demoQuestions.filter((question) => question.image)) {
      const metadata = await sharp(join(root, "first/questions", image ?? "")).metadata();
      const size = slideId ? 256 : 384;
      expect(metadata).toMatchObject({ width: size, height: size, channels: slideId ? 3 : 1 });
    }
  });

  it("writes library images that decode as 384 gray or 256 color pixels a side", async () => {
    for (const { id, file } of rows) {
      const image = sharp(join(root, "first/library", file));
      const { format, width, height, channels } = await image.metadata();
      const expected = id.startsWith("phantom-chest") ? [384, 384, 1] : [256, 256, 3];
      expect([width, height, channels]).toEqual(expected);
      expect(format).toBe("png");
      expect((await image.raw().toBuffer()).length).toBe(width * height * 3);
    }
  });

  it("copies the passages", async () => {
    const passages = await readdir(join(root, "first/passages"));
    expect(passages.length).toBeGreaterThanOrEqual(2);
    expect(passages.every((name) => name.endsWith(".md"))).toBe(true);
  });

  it("stops with the code interrupted when the signal is aborted", async () => {
    const folder = join(root, "interrupted");
    const written = writeDemo({ folder, signal: AbortSignal.abort() });
    await expect(written).rejects.toMatchObject({ code: "interrupted" });
  });
});
