import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ReportIndex, ReportSample } from "#contracts";
import { writeDrawnRun } from "../../../test/support/run-folder.ts";
import { writeRunBaselines } from "../runner/run-baselines.ts";
import { compareAnswerRuns } from "./compare-answer-runs.ts";
import { readReport } from "./read-report.ts";
import { testScored } from "./test-scored.ts";
import { writePage } from "./write-page.ts";

let folder: string;
const page = "<html><body><script>app()</script></body></html>";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-report-"));
  await writeDrawnRun(join(folder, "run"), {
    samples: 60,
    conditions: ["zero-shot", "few-shot"],
    images: [{ name: "film.png", sha256: "ab".repeat(32) }],
  });
});
afterAll(() => rm(folder, { recursive: true }));

const element = (html: string, id: string): unknown =>
  JSON.parse(
    new RegExp(`<script type="application/json" id="${id}">(.*?)</script>`, "s").exec(html)?.[1] ?? "",
  );

describe("writePage", () => {
  it("holds figures, index, samples and images in one file, and leaves nothing beside it", async () => {
    const out = join(folder, "one/report.html");
    const thumbnail = async () => ({
      extension: ".png",
      mediaType: "image/png",
      bytes: Uint8Array.of(1, 2, 3),
    });
    const { files, report } = await writePage({ folder: join(folder, "run"), out, page, thumbnail });
    expect([files, await readdir(join(folder, "one"))]).toEqual([[out], ["report.html"]]);
    const html = await readFile(out, "utf8");
    expect(html.endsWith("</body></html>")).toBe(true);
    expect(element(html, "report")).toEqual(JSON.parse(JSON.stringify(report)));
    expect(element(html, "index")).toMatchObject({
      chunkStarts: [0],
      images: ["data:image/png;base64,AQID"],
    });
    expect(element(html, "samples-0")).toHaveLength(120);
  });

  it("puts samples and images beside a page that would be too large, and takes them away again", async () => {
    const out = join(folder, "large/report.html");
    const thumbnail = async () => ({ extension: ".png", mediaType: "image/png", bytes: new Uint8Array(10) });
    const request = { folder: join(folder, "run"), out, page, thumbnail };
    const { files } = await writePage({ ...request, mostBytes: 1 });
    expect(files).toEqual([out, join(folder, "large/report-files")]);
    expect(await readdir(join(folder, "large/report-files"))).toEqual(["image-0.png", "samples-0.js"]);
    const html = await readFile(out, "utf8");
    expect(element(html, "index")).toMatchObject({
      chunkFiles: ["report-files/samples-0.js"],
      images: ["report-files/image-0.png"],
    });
    await writePage(request);
    expect(await readdir(join(folder, "large"))).toEqual(["report.html"]);
  });

  it("shows examples by their images, also such as were not asked about or stand in an older log", async () => {
    const run = join(folder, "exemplars");
    const asked = { sample: "0".repeat(24), label: "B" };
    const pooled = { ...asked, sample: "f", sourceId: "pool-1", images: ["cd".repeat(32)], similarity: 0.9 };
    await writeDrawnRun(run, {
      ...{ samples: 2, conditions: ["zero-shot"], exemplars: [asked, pooled] },
      images: [{ name: "film.png", sha256: "ab".repeat(32) }],
    });
    const seen: string[] = [];
    const thumbnail = async (sha256: string) => {
      seen.push(sha256.slice(0, 2));
      return null;
    };
    const out = join(folder, "exemplars.html");
    await writePage({ folder: run, out, page, thumbnail });
    const [sample] = element(await readFile(out, "utf8"), "samples-0") as ReportSample[];
    expect(sample?.answer?.exemplars).toEqual([
      { ...asked, sourceId: "drawn-0", images: [0], similarity: null },
      { ...pooled, images: [1] },
    ]);
    expect(seen).toEqual(["ab", "cd"]);
  });

  it("of two runs holds the samples of both once, and the answers of each in arms of its own", async () => {
    const second = join(folder, "later");
    await writeDrawnRun(second, { samples: 60, conditions: ["zero-shot", "other"] });
    const out = join(folder, "both.html");
    const { report } = await writePage({ folder: join(folder, "run"), second, out, page });
    const index = element(await readFile(out, "utf8"), "index") as ReportIndex;
    expect(index.samples.ids).toHaveLength(60);
    expect([index.rows.arm.length, Math.max(...index.rows.arm)]).toEqual([240, 3]);
    expect(index.arms).toEqual(report.arms.map(({ id }) => id));
    expect(report.arms.map(({ run }) => run)).toEqual(["run", "run", "later", "later"]);
    const { first, second: other, pairs, alone } = report.comparison!;
    expect([first, other, pairs.length]).toEqual(["run", "later", 1]);
    expect(pairs[0]).toMatchObject({
      first: index.arms[0],
      second: index.arms[2],
      gain: { over: index.arms[0] },
    });
    expect(alone).toEqual([index.arms[1], index.arms[3]]);
  });

  it("is refused for a folder without a run, and for a run without scores", async () => {
    const out = join(folder, "none.html");
    await expect(writePage({ folder, out, page })).rejects.toMatchObject({ code: "run-missing" });
    const unscored = join(folder, "unscored");
    await writeDrawnRun(unscored, { samples: 2, conditions: ["zero-shot"] });
    await rm(join(unscored, "scores.jsonl"));
    await expect(writePage({ folder: unscored, out, page })).rejects.toMatchObject({ code: "run-unscored" });
    expect(await readdir(folder)).not.toContain("none-files.part");
  });
});

describe("readReport", () => {
  it("tells gains over the first condition, what became no answer, and no path of this machine", async () => {
    const { arms, suite } = await readReport({ folder: join(folder, "run") });
    expect(arms.map(({ condition, gain }) => [condition, gain?.over])).toEqual([
      ["zero-shot", undefined],
      ["few-shot", arms[0]?.id],
    ]);
    expect(arms[0]?.counts).toMatchObject({ tasks: 60, missing: 0 });
    expect(arms[0]?.figures[0]).toMatchObject({ metric: "accuracy", groups: 30 });
    expect(arms[0]?.reliability?.length).toBeGreaterThan(2);
    expect(suite).not.toContain(folder);
  });

  it("has baselines that cover only what they say something to", async () => {
    const run = join(folder, "open-questions");
    await writeDrawnRun(run, { samples: 10, conditions: ["zero-shot"] });
    const scored = Array.from({ length: 10 }, (_, number) => {
      const one = testScored(`${number}`, "A");
      return number < 3 ? { ...one, answer: null, correct: null } : one;
    });
    await writeRunBaselines(run, {
      ...{ key: "key", baselines: [{ dataSet: "drawn", name: "majority", title: "Majority", scored }] },
    });
    const { arms } = await readReport({ folder: run });
    expect(arms[1]?.counts).toMatchObject({ tasks: 10, missing: 3, failed: 0 });
  });

  it("has baselines behind the arms, apart from them", async () => {
    const run = join(folder, "with-baselines");
    await writeDrawnRun(run, { samples: 10, conditions: ["zero-shot"] });
    const scored = Array.from({ length: 10 }, (_, number) => testScored(`${number}`, number < 4 ? "A" : "B"));
    const baselines = [{ dataSet: "drawn", name: "majority", title: "Majority", scored }];
    await writeRunBaselines(run, { key: "key", baselines });
    const { arms } = await readReport({ folder: run });
    expect(arms.map(({ isBaseline, gain }) => [isBaseline, gain])).toEqual([
      [false, null],
      [true, null],
    ]);
    expect(arms[1]).toMatchObject({
      id: "drawn.majority",
      model: "Majority",
      figures: [{ value: 0.4 }, {}, {}],
    });
  });

  it("does not depend on the order of the log, and counts tasks that were not asked as missing", async () => {
    const run = join(folder, "turned");
    await writeDrawnRun(run, { samples: 40, conditions: ["zero-shot"] });
    const before = await readReport({ folder: run });
    const log = (await readFile(join(run, "log.jsonl"), "utf8")).trim().split("\n");
    await writeFile(join(run, "log.jsonl"), `${log.toReversed().join("\n")}\n`);
    expect(await readReport({ folder: run })).toEqual(before);
    await writeFile(join(run, "log.jsonl"), `${log.slice(10).join("\n")}\n`);
    await appendFile(join(run, "log.jsonl"), '{"half": ');
    const { arms } = await readReport({ folder: run });
    expect(arms[0]?.counts).toMatchObject({ tasks: 40, missing: 10 });
  });
});

describe("compareAnswerRuns", () => {
  it("pairs arms of the same names, counts the flips and names arms that stand alone", async () => {
    const second = join(folder, "second");
    await writeDrawnRun(second, {
      samples: 60,
      conditions: ["zero-shot", "other"],
      output: (_, __, label) => label,
    });
    const { arms, alone } = await compareAnswerRuns({ first: join(folder, "run"), second });
    expect(arms).toHaveLength(1);
    const { gain, flips } = arms[0]!;
    expect(flips.filter(({ isGain }) => isGain)).toHaveLength(gain.gained);
    expect(flips.filter(({ isGain }) => !isGain)).toHaveLength(gain.lost);
    expect(gain.gained).toBeGreaterThan(0);
    expect(alone.map((id) => id.split(".")[2])).toEqual(["few-shot", "other"]);
  });

  it("finds no flip between a run and itself", async () => {
    const run = join(folder, "run");
    const { arms } = await compareAnswerRuns({ first: run, second: run });
    expect(arms.map(({ flips, gain }) => [flips.length, gain.difference, gain.adjusted])).toEqual([
      [0, 0, 1],
      [0, 0, 1],
    ]);
  });
});
