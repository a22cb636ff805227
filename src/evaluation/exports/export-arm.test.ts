import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPromise } from "yauzl";
import { writeDrawnRun } from "../../../test/support/run-folder.ts";
import { importPredictions } from "../imports/import-predictions.ts";
import type { RunFile } from "../runner/run-file.ts";
import { exportArm } from "./export-arm.ts";
import { findExportFormat } from "./find-format.ts";

let folder: string;
let run: RunFile;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-export-"));
  run = await writeDrawnRun(folder, {
    samples: 60,
    conditions: ["zero-shot", "other"],
    images: [{ name: "film.png", sha256: "ab" }],
    output: (number, _, label) => (number % 7 === 0 ? `cut \ud83d` : label),
  });
});
afterAll(() => rm(folder, { recursive: true }));

type Image = Parameters<typeof exportArm>[0]["image"];

async function exportTo(file: string, { name, image }: { name: string; image?: Image }): Promise<string> {
  const arm = run.arms[0]!;
  const tasks = await exportArm({ folder, run, arm, format: findExportFormat(name, file), file, image });
  expect(tasks).toBe(60);
  return file;
}

const exported = async (name: string, image?: Image): Promise<string> =>
  readFile(await exportTo(join(folder, `out.${name}`), { name, image }), "utf8");

async function readZip(path: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const zip = await openPromise(path, { autoClose: false });
  for await (const entry of zip.eachEntry()) {
    const stream = await zip.openReadStreamPromise(entry);
    const bytes = Buffer.concat((await Array.fromAsync(stream)) as Uint8Array[]);
    expect([crc32(bytes), bytes.length]).toEqual([entry.crc32, entry.uncompressedSize]);
    files.set(entry.fileName, bytes.toString("utf8"));
  }
  zip.close();
  return files;
}

describe("an arm that is exported", () => {
  it("to Inspect has each task with its score, and our figures", async () => {
    const log = JSON.parse(await exported("inspect"));
    expect(log).toMatchObject({ version: 2, status: "success", eval: { model: "none" } });
    expect(log.samples).toHaveLength(60);
    expect(log.samples.map(({ metadata }: { metadata: object }) => metadata)).toContainEqual(
      expect.objectContaining({ source_id: "drawn-0", images: ["ab"] }),
    );
    const values = log.samples.flatMap(
      (sample: { scores?: { medrounds: { value: string } } }) => sample.scores?.medrounds.value ?? [],
    );
    const right = values.filter((value: string) => value === "C").length;
    const [{ metrics, scored_samples }] = log.results.scores;
    expect(values.length).toBe(scored_samples);
    expect(metrics.accuracy.value).toBeCloseTo(right / values.length, 12);
    expect(values).toContain("N");
  });

  it("to Inspect holds images as data where they are there, and their hashes where not", async () => {
    const bytes = Uint8Array.of(1, 2, 3);
    const withImages = JSON.parse(
      await exported("inspect", () => Promise.resolve({ bytes, mediaType: "image/png" })),
    );
    expect(withImages.samples[0].input[0].content[1]).toEqual({
      type: "image",
      image: "data:image/png;base64,AQID",
    });
    const without = JSON.parse(await exported("inspect", () => Promise.resolve(null)));
    expect(without.samples[0].input[0].content[1]).toEqual({ type: "text", text: "[image sha256:ab]" });
  });

  it("to Inspect holds no half of a surrogate pair, which Inspect cannot read", async () => {
    expect(await exported("inspect")).not.toMatch(/\\ud83d/);
  });

  it("to Inspect's archive has the same samples and header, each in a file of its own, and their summaries", async () => {
    const log = JSON.parse(await exported("inspect"));
    const files = await readZip(await exportTo(join(folder, "out.eval"), { name: "inspect" }));
    const read = (name: string) => JSON.parse(files.get(name) ?? "");
    const { samples, ...header } = log;
    expect(read("header.json")).toEqual(header);
    expect(read("_journal/start.json")).toEqual({ version: 2, eval: header.eval, plan: header.plan });
    const names = samples.map(({ id }: { id: string }) => `samples/${id}_epoch_1.json`);
    expect(names.map(read)).toEqual(samples);
    expect(files.size).toBe(63);
    const summaries = read("summaries.json");
    expect(summaries.map(({ id, scores }: { id: string; scores: unknown }) => [id, scores])).toEqual(
      samples.map(({ id, scores }: { id: string; scores: unknown }) => [id, scores]),
    );
  });

  it("to RALM-Path's file is imported again with the same number of right answers", async () => {
    const { rows, datasets } = importPredictions({
      predictions: await exported("ralm-path"),
      format: "ralm-path",
      profile: "medrounds",
    }).result;
    const log = JSON.parse(await exported("inspect"));
    expect(rows).toBe(log.results.completed_samples);
    const right = log.samples.filter(
      (sample: { scores?: { medrounds: { value: string } } }) => sample.scores?.medrounds.value === "C",
    ).length;
    expect(datasets[0]?.readings.find(({ profile }) => profile === "medrounds")?.right).toBe(right);
  });

  it("to lines has the record of the log and its score", async () => {
    const [first = ""] = (await exported("jsonl")).split("\n");
    expect(JSON.parse(first)).toMatchObject({
      arm: run.arms[0]!.id,
      sample: { sourceId: "drawn-0" },
      record: { repeat: 0 },
      score: { measures: {} },
    });
  });

  it("is refused in a form that there is not, with those that there are", () => {
    expect(() => findExportFormat("xml", "out.xml")).toThrow(/inspect, ralm-path, jsonl/);
  });
});
