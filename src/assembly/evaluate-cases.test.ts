import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeDicomImage } from "../../test/support/dicom-writer.ts";
import { drawnCases, drawTexture, writeDrawnCases } from "../../test/support/drawn-cases.ts";
import { startMeanImages } from "../../test/support/mean-image-server.ts";
import { addToLibrary } from "./add-to-library.ts";
import type { CaseEvaluation, CaseEvaluationRequest } from "./case-evaluation/case-evaluation.ts";
import { evaluateCases } from "./evaluate-cases.ts";
import { openLibraryAt } from "./open-library.ts";

let folder: string;
let manifest: string;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "medrounds-evaluate-cases-")));
  manifest = await writeDrawnCases(join(folder, "drawn"), drawnCases(24));
});
afterAll(() => rm(folder, { recursive: true }));

const evaluate = (given: Partial<CaseEvaluationRequest> = {}) =>
  evaluateCases({
    manifest,
    splits: 4,
    task: { type: "first-label" },
    grouping: "default",
    votes: [1, 5],
    seed: 1,
    ...given,
  });

const meansOf = ({ runs }: CaseEvaluation, run = 0) =>
  Object.fromEntries(runs[run]?.figures.map(({ metric, mean }) => [metric, mean]) ?? []);

/** All but times. */
const withoutTimes = ({ describing: _, runs, ...rest }: CaseEvaluation) => ({
  ...rest,
  runs: runs.map(({ latency: _latency, queries, ...run }) => ({
    ...run,
    queries: queries.map(({ milliseconds: _milliseconds, ...query }) => query),
  })),
});

describe("evaluateCases on splits", () => {
  it("finds what looks alike far above chance, and tells set, splits, times and every query", async () => {
    const evaluation = await evaluate();
    expect(evaluation.set).toMatchObject({
      name: "drawn",
      images: 48,
      withoutClass: 0,
      refused: [],
      groups: 24,
      classes: [
        { class: "dots", images: 24 },
        { class: "stripes", images: 24 },
      ],
    });
    expect(evaluation.splits).toMatchObject(
      new Array(4).fill({ queries: 12, library: 36, leaks: { queries: 12, items: 36, touched: 0 } }),
    );
    expect(meansOf(evaluation)["balanced accuracy@5"]).toBeGreaterThan(0.95);
    expect(evaluation.runs[0]?.baselines[0]?.figures[0]?.mean).toBeLessThan(0.75);
    expect(evaluation.runs[0]?.queries).toHaveLength(48);
    expect(evaluation.describing.median).toBeGreaterThan(0);
    expect(evaluation.notes).toEqual([]);
  });

  it("gives the same for the same seed in whatever order the rows stand, and other splits for another", async () => {
    const rows = (await readFile(manifest, "utf8")).split("\n");
    const reversed = join(folder, "drawn", "reversed.jsonl");
    await writeFile(reversed, rows.toReversed().join("\n"));
    const first = withoutTimes(await evaluate());
    expect(withoutTimes(await evaluate({ manifest: reversed }))).toEqual(first);
    expect(withoutTimes(await evaluate({ seed: 2 })).runs[0]?.queries).not.toEqual(first.runs[0]?.queries);
  });

  it("reports bad rows, lost and broken images and ids that come twice, and goes on", async () => {
    const cases = drawnCases(12);
    const file = await writeDrawnCases(join(folder, "bad"), cases);
    await writeFile(join(folder, "bad", "case-3.png"), "no image");
    await rm(join(folder, "bad", "case-5.png"));
    const rows = [
      ...cases,
      { id: "case-0", file: "case-1.png", labels: ["dots"] },
      { id: "away", file: "../drawn/case-1.png", labels: ["dots"] },
      { id: "odd", file: "case-1.png", labels: 7 },
      { id: "bare", file: "case-2.png" },
      { id: "text", text: "No image." },
    ].map((row) => JSON.stringify(row));
    await writeFile(file, [...rows, "no JSON"].join("\n"));
    const { set, notes } = await evaluate({ manifest: file });
    expect(set).toMatchObject({ images: 22, withoutClass: 1 });
    expect(
      set.refused.map(({ line, code }) => [line, code]).sort(([a], [b]) => Number(a) - Number(b)),
    ).toEqual([
      [4, "image-not-image"],
      [6, "path-missing"],
      [25, "id-conflict"],
      [26, "file-outside-folder"],
      [27, "row-invalid"],
      [30, "row-not-json"],
    ]);
    expect(notes).toEqual([
      "only 22 images are asked about: the figures say little",
      "only 12 patients, slides or ids are asked about: the intervals are too narrow",
    ]);
  });

  it("stops where a split leaks a patient, and does not where images are told to be one patient's", async () => {
    await expect(evaluate({ grouping: "id" })).rejects.toMatchObject({ code: "split-leaking" });
    await expect(evaluate({ grouping: "slide" })).rejects.toMatchObject({ code: "split-leaking" });
    expect((await evaluate({ grouping: "patient" })).set.groups).toBe(24);
  });

  it("leaves out and counts a copy of the image that another patient has", async () => {
    const cases = drawnCases(12);
    const file = await writeDrawnCases(join(folder, "copied"), cases);
    const original = sharp(join(folder, "copied", "case-0.png"));
    await original
      .resize(160, 160)
      .jpeg({ quality: 85 })
      .toFile(join(folder, "copied", "copy.jpg"));
    const copy = { id: "copy", file: "copy.jpg", labels: ["stripes"], patient_id: "other" };
    await writeFile(file, [...cases, copy].map((row) => JSON.stringify(row)).join("\n"));
    const { runs, splits } = await evaluate({ manifest: file, splits: 12 });
    const touched = runs[0]?.queries.filter(({ excluded }) => excluded.nearIdentical > 0) ?? [];
    expect(touched.length).toBeGreaterThan(0);
    expect(new Set(touched.map(({ id }) => id)).isSubsetOf(new Set(["copy", "case-0"]))).toBe(true);
    for (const { id, found } of touched) {
      expect(found.map((hit) => hit.id)).not.toContain(id === "copy" ? "case-0" : "copy");
    }
    expect(splits.reduce((sum, { leaks }) => sum + leaks.touched, 0)).toBeGreaterThanOrEqual(touched.length);
  });

  it("leaves out and counts images of a study that the manifest names, whose patient nobody knows", async () => {
    const cases = drawnCases(12).map(({ patient_id, ...row }) => ({ ...row, study_id: patient_id }));
    const file = await writeDrawnCases(join(folder, "studies"), cases);
    const { runs } = await evaluate({ manifest: file });
    const touched = runs[0]?.queries.filter(({ excluded }) => excluded.samePatient > 0) ?? [];
    expect(touched.length).toBeGreaterThan(0);
    for (const { id, found } of touched) {
      const number = Number(id.replace("case-", ""));
      expect(found.map((hit) => hit.id)).not.toContain(`case-${number % 2 === 0 ? number + 1 : number - 1}`);
    }
  });

  it("votes on a label that is there or not, or on a field, and tells results within a field", async () => {
    const positive = await evaluate({ task: { type: "positive", label: "Fifth" }, within: "view" });
    expect(positive.set.classes).toEqual([
      { class: "Fifth", images: 10 },
      { class: "other than Fifth", images: 38 },
    ]);
    expect(positive.runs[0]?.within.map(({ value }) => value)).toEqual(["AP", "PA"]);
    const field = await evaluate({ task: { type: "field", field: "view" } });
    expect(field.set.classes.map(({ class: name }) => name)).toEqual(["AP", "PA"]);
    const labels = await evaluate({ labelField: "view" });
    expect(labels.set.classes.map(({ class: name }) => name)).toEqual(["AP", "PA"]);
    for (const given of [
      { task: { type: "positive", label: "Mass" } as const },
      { task: { type: "field", field: "stain" } as const },
      { within: "stain" },
    ]) {
      await expect(evaluate(given)).rejects.toMatchObject({ code: "usage-invalid" });
    }
  });

  it("measures an encoder alone and with the built-in descriptor, and compares both with the descriptor", async () => {
    await using images = await startMeanImages();
    const { runs, comparisons } = await evaluate({ embedders: [images.source], votes: [5] });
    expect(runs.map(({ retriever }) => retriever)).toEqual(["built-in", "means", "built-in + means"]);
    expect(comparisons.map(({ first, second }) => [first, second])).toEqual([
      ["built-in", "means"],
      ["built-in", "built-in + means"],
    ]);
    const [alone] = comparisons;
    const accuracy = alone?.differences.find(({ metric }) => metric === "balanced accuracy@5");
    expect(accuracy?.mean).toBeLessThan(0);
    images.refusing = true;
    await expect(evaluate({ embedders: [images.source] })).rejects.toMatchObject({ code: "service-refused" });
  });

  it("refuses a manifest of too few groups, without labels, or that is not there", async () => {
    const few = await writeDrawnCases(join(folder, "few"), drawnCases(3));
    await expect(evaluate({ manifest: few })).rejects.toMatchObject({ code: "cases-too-few" });
    await expect(evaluate({ manifest: few, labelField: "findings" })).rejects.toMatchObject({
      code: "cases-too-few",
    });
    await expect(evaluate({ manifest: join(folder, "none.jsonl") })).rejects.toMatchObject({
      code: "path-missing",
    });
    await expect(evaluate({ manifest: folder })).rejects.toMatchObject({ code: "path-not-file" });
  });

  it("stops with the reason of the signal", async () => {
    for (const stage of ["describing", "searching"]) {
      const controller = new AbortController();
      const reason = new Error("stop");
      const stopped = evaluate({
        signal: controller.signal,
        onProgress: (progress) => {
          if (progress.stage === stage) controller.abort(reason);
        },
      });
      await expect(stopped).rejects.toBe(reason);
    }
  });
});

describe("evaluateCases in a library", () => {
  it("ranks the library as a search does: without the image itself and its patient's others", async () => {
    const library = join(folder, "library");
    {
      using opened = await openLibraryAt(library, { create: true });
      await addToLibrary({ library: opened, paths: [join(folder, "drawn", "manifest.jsonl")] });
    }
    const asked = join(folder, "drawn", "asked.jsonl");
    await writeFile(
      asked,
      [...drawnCases(24).slice(0, 6), { id: "new", file: "case-9.png", labels: ["stripes"], view: "PA" }]
        .map((row) => JSON.stringify(row))
        .join("\n"),
    );
    const evaluation = await evaluate({ manifest: asked, library, within: "view" });
    expect(evaluation.splits).toMatchObject([{ queries: 7, library: 48, leaks: { share: 1 } }]);
    const excluded = { sameImage: 1, nearIdentical: 0, samePatient: 1, sameSlide: 0 };
    for (const query of evaluation.runs[0]?.queries ?? []) expect(query.excluded).toEqual(excluded);
    expect(evaluation.runs[0]?.queries[0]?.found[0]?.id).toMatch(/^drawn\/case-/);
    expect(meansOf(evaluation)["P@1"]).toBeGreaterThan(0.5);
    const voted = await evaluate({ manifest: asked, library, task: { type: "field", field: "view" } });
    expect(voted.runs[0]?.votes[0]?.classes.map(({ class: name }) => name)).toEqual(["AP", "PA"]);
  });

  it("knows the patients of DICOM files, in splits and in a library that has hashed them", async () => {
    const files = join(folder, "dicom");
    await mkdir(files);
    const rows = [];
    for (let number = 0; number < 10; number++) {
      const texture = number % 4 < 2 ? "stripes" : "dots";
      const { data } = await sharp(await drawTexture(texture, number))
        .raw()
        .toBuffer({ resolveWithObject: true });
      const elements = [
        [0x00080018, "UI", `1.2.3.${number + 1}`],
        [0x00100020, "LO", `patient ${Math.floor(number / 2)}`],
      ] as const;
      const file = `${number}.dcm`;
      await writeFile(
        join(files, file),
        writeDicomImage({ rows: 64, columns: 64, pixels: data, bitsAllocated: 8, elements }),
      );
      rows.push({ id: file, file, labels: [texture] });
    }
    const asked = join(files, "manifest.jsonl");
    await writeFile(asked, rows.map((row) => JSON.stringify(row)).join("\n"));
    expect((await evaluate({ manifest: asked })).set.groups).toBe(5);
    const library = join(folder, "dicom-library");
    {
      using opened = await openLibraryAt(library, { create: true });
      await addToLibrary({ library: opened, paths: [asked] });
    }
    const { runs } = await evaluate({ manifest: asked, library });
    const excluded = { sameImage: 1, nearIdentical: 0, samePatient: 1, sameSlide: 0 };
    for (const query of runs[0]?.queries ?? []) expect(query.excluded).toEqual(excluded);
  });

  it("refuses a library without cases, and encoders beside those of the library", async () => {
    const library = join(folder, "empty");
    (await openLibraryAt(library, { create: true }))[Symbol.dispose]();
    await expect(evaluate({ library })).rejects.toMatchObject({ code: "library-empty" });
    await expect(evaluate({ library, embedders: ["onnx:model"] })).rejects.toMatchObject({
      code: "usage-invalid",
    });
  });
});

const oral = join(import.meta.dirname, "../../../shared/data/path_oral/manifest.jsonl");

describe("similar cases of oral tissue", () => {
  it("are found above chance, and the figure comes out the same again", async (context) => {
    context.skip(!existsSync(oral), "../shared/data/path_oral is absent");
    const run = () => evaluate({ manifest: oral, splits: 3, votes: [11] });
    const first = await run();
    expect(first.set).toMatchObject({ images: 280, refused: [] });
    expect(meansOf(first)["balanced accuracy@11"]).toBeGreaterThan(0.65);
    expect(withoutTimes(await run())).toEqual(withoutTimes(first));
  }, 60_000);
});
