import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readDataSet } from "../read-data-set.ts";
import { asked, drawImage, jsonLines, readMade } from "../test-data-sets.ts";

const row = (id: string, more: object) => ({ id, file: `${id}.png`, labels: [], text: null, ...more });
const images = async (...ids: string[]) =>
  Object.fromEntries(await Promise.all(ids.map(async (id, index) => [`${id}.png`, await drawImage(index)])));
const read = async (rows: readonly object[], request = {}) =>
  readMade({ "manifest.jsonl": jsonLines(rows), ...(await images("a", "b", "c")) }, request);

it("makes options of the classes of all images, and groups by patient, then slide", async () => {
  const set = await read([
    row("a", { labels: ["round"], patient_id: "p1", slide_id: "s1", official_split: "test" }),
    row("b", { labels: { square: 1, round: 0, flat: -1 }, slide_id: "s1", patient_id: null, split: "train" }),
    row("c", { labels: ["flat", "-round", "?square"], patient_id: "unknown", licence: "CC0" }),
  ]);
  expect(set).toMatchObject({ format: "manifest", card: { license: "CC0" }, refused: [] });
  expect(set.samples.map(asked)[0]).toEqual({
    sourceId: "a",
    question: "Which of these does the image show?",
    options: ["A flat", "B round", "C square"],
    gold: { type: "option", label: "B" },
    images: ["a.png"],
  });
  expect(set.samples.map(({ gold }) => gold)).toMatchObject([{ label: "B" }, { label: "C" }, { label: "A" }]);
  expect(set.samples.map(({ group }) => group.split(" ")[0])).toEqual(["patient", "slide", "image"]);
  expect(set.samples.map(({ tags }) => tags.split)).toEqual(["test", "train", undefined]);
  expect(set.notes).toEqual([
    expect.stringContaining("Neither patient nor slide is known of 1 of 3 samples"),
  ]);
});

it("refuses images of several labels, unless the suite names the field of the class", async () => {
  const rows = [
    row("a", { labels: ["x", "y"], kind: "ill" }),
    row("b", { labels: ["x"], kind: "well" }),
    row("c", { labels: ["y"], kind: "ill" }),
  ];
  expect((await read(rows)).refused).toEqual([
    { sourceId: "1", code: "sample-invalid", message: expect.stringContaining("2 labels") },
  ]);
  const named = await read(rows, { classField: "kind" });
  expect(named.samples.map((sample) => asked(sample).options)).toEqual(Array(3).fill(["A ill", "B well"]));
});

it("reads the questions on an image one by one, so that a bad one is refused alone", async () => {
  const set = await read([
    row("a", {
      labels: ["HEAD"],
      qa: [
        { qid: 1, question: "Is it?", answer: "No", answer_type: "CLOSED", official_split: "test" },
        { qid: 2, question: "What is it?", answer: "a square" },
        { qid: 3, question: "" },
      ],
    }),
  ]);
  expect(set.rows).toBe(3);
  expect(set.samples.map((sample) => [sample.sourceId, sample.gold, sample.tags])).toEqual([
    ["a/1", { type: "option", label: "B" }, { label: "HEAD", answer_type: "closed", split: "test" }],
    ["a/2", { type: "text", texts: ["a square"] }, { label: "HEAD" }],
  ]);
  expect(set.refused.map(({ sourceId }) => sourceId)).toEqual(["1/3"]);
});

it("reads questions with options, decisions, records and reports by their fields", async () => {
  const options = { A: "yes", B: "no" };
  const set = await readMade({
    "manifest.jsonl": jsonLines([
      row("o", { file: null, labels: ["bioasq"], question: "Is it?", options, answer: "B" }),
      row("d", { file: null, question: "Does it?", contexts: ["…"], answer: "maybe" }),
      row("r", {
        file: null,
        question: "How many?",
        is_impossible: false,
        demo_result: [[3, true]],
        tag: "count",
      }),
      row("u", { file: null, question: "Why?", is_impossible: true }),
      row("n", {
        file: null,
        question: "How long?",
        is_impossible: false,
        runs_on_demo: false,
        sql: "select 1",
      }),
      row("f", { file: null, indication: "Cough", findings: "Clear lungs.", impression: "Normal." }),
      row("e", { file: null, findings: "", impression: "Normal." }),
      row("nothing", { file: null }),
    ]),
  });
  expect(set.samples.map(({ sourceId, gold, group }) => [sourceId, gold, group.split(" ")[0]])).toEqual([
    ["o", { type: "option", label: "B" }, "question"],
    ["d", { type: "option", label: "C" }, "question"],
    ["r", { type: "rows", rows: [[3, 1]] }, "template"],
    ["u", { type: "unanswerable" }, "question"],
    ["f", { type: "report", text: "Normal." }, "question"],
  ]);
  expect(set.samples[0]?.tags).toEqual({ task: "bioasq" });
  expect(set.samples.at(-1)?.question).toBe(
    "Indication: Cough\nFindings: Clear lungs.\nWrite the impression of this report.",
  );
  expect(set.refused.map(({ message }) => message)).toEqual([
    "Its query does not run on the database beside it.",
    "The report has no findings.",
    "It has neither a question, nor a report, nor an image with a class.",
  ]);
});

it("knows the documents that questions were written from", async () => {
  const question = { file: null, question: "Is it?", answer: "yes" };
  const set = await readMade({
    "manifest.jsonl": jsonLines([
      row("own", { ...question, sources: ["PMC1", "notes/lungs.md"] }),
      row("article", { ...question, PMID: 7 }),
      row("pubmedqa-12", { ...question, contexts: ["…"] }),
      row("none", question),
    ]),
  });
  expect(set.samples.map(({ sources }) => sources)).toEqual([
    ["PMC1", "notes/lungs.md"],
    ["7"],
    ["pubmedqa-12"],
    undefined,
  ]);
});

it("asks for the whole report where there is an image", async () => {
  const set = await read([row("a", { findings: "A square.", impression: "Square." })]);
  expect(set.samples[0]).toMatchObject({
    gold: { type: "report", text: "Findings: A square.\nImpression: Square." },
  });
});

const data = join(import.meta.dirname, "../../../../../shared/data");
describe.skipIf(!existsSync(data))("on real manifests (skipped where ../shared/data is absent)", () => {
  it.each([
    { name: "vqa_rad", samples: 2432, groups: 219, refused: 0 },
    { name: "qa_mirage", samples: 5812, groups: 5758, refused: 0 },
    { name: "qa_pubmedqa", samples: 755, groups: 755, refused: 0 },
    { name: "ehr_mimic_demo", samples: 567, groups: 119, refused: 75 },
    { name: "cxr_nih", samples: 478, groups: 324, refused: 269 },
    { name: "path_oral", samples: 280, groups: 280, refused: 0 },
    { name: "path_prostate_gleason", samples: 484, groups: 79, refused: 0 },
    { name: "path_cervical_lbc", samples: 287, groups: 287, refused: 0 },
    { name: "iu_reports", samples: 2584, groups: 2584, refused: 406 },
  ])("reads $samples samples of $name in $groups groups", async ({ name, samples, groups, refused }) => {
    const set = await readDataSet({ path: join(data, name) });
    expect([set.samples.length, set.refused.length]).toEqual([samples, refused]);
    expect(new Set(set.samples.map(({ group }) => group)).size).toBe(groups);
    expect(new Set(set.samples.map(({ id }) => id)).size).toBe(samples);
    expect(set.rows).toBe(samples + refused);
  });

  it.each([
    { name: "qa_mirage", known: 835 },
    { name: "qa_pubmedqa", known: 755 },
  ])("knows the articles that $known questions of $name were written from", async ({ name, known }) => {
    const { samples } = await readDataSet({ path: join(data, name) });
    expect(samples.filter(({ sources = [] }) => sources.length > 0)).toHaveLength(known);
  });

  it("takes the class of an X-ray from the field that the suite names", async () => {
    const set = await readDataSet({ path: join(data, "cxr_nih"), classField: "folder_label" });
    expect([set.samples.length, set.samples[0]?.options.length]).toEqual([747, 2]);
  });

  it("asks VQA-RAD's closed questions of the test part", async () => {
    const filter = { answer_type: "closed" };
    const set = await readDataSet({ path: join(data, "vqa_rad"), split: "test", filter });
    expect([set.samples.length, set.samples.filter(({ gold }) => gold.type === "option").length]).toEqual([
      196, 179,
    ]);
  });
});
