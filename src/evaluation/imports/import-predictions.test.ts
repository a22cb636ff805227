import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { importPredictions } from "./import-predictions.ts";
import { publishedFiles } from "./published-files.ts";
import { predictionRecord, resultRow, testRecord } from "./test-records.ts";

type Row = Parameters<typeof predictionRecord>[0];

const score = (rows: readonly Row[], profile = "ralm-path") =>
  importPredictions({ format: "ralm-path", profile, predictions: JSON.stringify(rows.map(predictionRecord)) })
    .result;

const rows: Row[] = [
  { output: "A", gold: "A", query: "1" },
  { output: "B", gold: "B", query: "2" },
  { output: "Based on the image, it is necrosis.\n\nC", gold: "C", query: "3" },
  { output: "Because of it: A: benign.", gold: "B", query: "4" },
  { output: "**B**", gold: "B", query: "5" },
  { output: "", gold: "A", query: "6" },
  { output: "I cannot help with that.", gold: "A", query: "7" },
];

describe("importPredictions", () => {
  it("reads answers by the profile asked for and by ours, and says why they differ", () => {
    const { datasets, scores, answers } = score(rows);
    const [set] = datasets;
    expect(set).toMatchObject({
      ...{ dataset: "slides", answers: 7, majority: 3 / 7, few: true, clusters: { by: "image", count: 7 } },
      classes: [
        { label: "A", text: "benign", answers: 3 },
        { label: "B", text: "tumor", answers: 3 },
        { label: "C", text: "necrosis", answers: 1 },
      ],
      readings: [
        { profile: "ralm-path", right: 3, unparsed: 3, refused: 0, rungs: { tolerant: 4 } },
        { profile: "medrounds", right: 4, unparsed: 1, refused: 1, rungs: { tolerant: 5 } },
      ],
      difference: { answers: 3, gained: 2, lost: 1, prose: 2, initials: [{ initial: "B", answers: 2 }] },
      ...{ leaks: null, comparisons: null },
    });
    expect(set?.gain.value).toBeCloseTo(1 / 7, 15);
    expect(set?.difference.sentences).toEqual([
      "2 answers begin with prose; all begin with B; the published scorer reads that as option B.",
      "Of answers with prose the first character has 1 right, the ladder 1.",
      "3 answers begin with a sign that is no option: nothing (1), * (1), I (1); the published scorer counts them as wrong.",
      "At an empty answer the published scorer stops; here it counts as wrong.",
      "The readings differ in 3 answers: the ladder gains 2 and loses 1; 0 are right or wrong either way.",
      "The ladder leaves 1 answer unparsed and counts 1 as refused; the other reading has 0 of these right.",
    ]);
    expect(scores.slides?.acc).toBe(3 / 7);
    expect(answers[2]).toMatchObject({
      ...{ row: 3, image: "3", gold: "C" },
      readings: [
        { profile: "ralm-path", state: "parsed", label: "B", right: false },
        { profile: "medrounds", state: "parsed", rung: "tolerant", label: "C", right: true },
      ],
    });
  });

  it("gives the scores in both arithmetics, and takes that of the published ones", () => {
    // Right, gold and predicted as in a published file: 173, 183, 220; 101, 241, 103; 17, 17, 118.
    const gold = `${"A".repeat(183)}${"B".repeat(241)}${"C".repeat(17)}`;
    const said = `${"A".repeat(173)}${"C".repeat(8)}${"B".repeat(103)}${"A".repeat(47)}${"C".repeat(110)}`;
    const asked = [...gold].map((label, index) => ({ gold: label, output: said[index]!, query: `${index}` }));
    const request = {
      ...{ format: "ralm-path", profile: "ralm-path" },
      predictions: JSON.stringify(asked.map(predictionRecord)),
    };
    const { scores, scoresByArithmetic } = importPredictions(request).result;
    expect(scores).toEqual(scoresByArithmetic.counts);
    expect(scores.slides?.f1).toBe(0.6868833302769168);
    const older = scoresByArithmetic["precision-recall"];
    expect(older.slides?.f1).toBe(0.6868833302769167);
    const { result } = importPredictions({ ...request, published: JSON.stringify(older) });
    expect([result.scores, result.published?.arithmetic]).toEqual([older, "precision-recall"]);
    expect(() => importPredictions({ ...request, published: "<html>" })).toThrow("published scores");
  });

  it("puts ours first where it is asked for, beside the published scorer", () => {
    const { datasets, scores } = score(rows, "medrounds");
    expect(datasets[0]?.readings.map(({ profile, right }) => [profile, right])).toEqual([
      ["medrounds", 4],
      ["ralm-path", 3],
    ]);
    expect(scores.slides?.acc).toBe(4 / 7);
    expect(datasets[0]?.gain.value).toBeCloseTo(1 / 7, 15);
  });

  it("scores result.json by a test file, and refuses it without one", () => {
    const records = rows.map(predictionRecord);
    const predictions = records
      .toReversed()
      .map((record) => JSON.stringify(resultRow(record)))
      .join("\n");
    const golds = JSON.stringify(records.map(testRecord));
    const { result } = importPredictions({ format: "ralm-path", profile: "ralm-path", predictions, golds });
    expect(result.scores).toEqual(score(rows).scores);
    expect(result.join).toEqual({ unmatched: 0, ambiguous: 0, unanswered: 0, contradicted: 0 });
    expect(() => importPredictions({ format: "ralm-path", profile: "ralm-path", predictions })).toThrow(
      "--gold",
    );
  });

  it("tells what exemplars share with queries by slide, and what the slide alone would answer", () => {
    const image = (slide: number, patch: number) => `CAMEL/images/image_00000${slide}_${patch}_0.png`;
    const asked = (slide: number, exemplarSlides: number[], gold: string, output: string): Row => ({
      ...{ gold, output, dataset: "CAMEL", query: image(slide, 99) },
      exemplars: exemplarSlides.map((one, index) => image(one, index)),
    });
    const { datasets } = score([
      asked(1, [1, 2, 3], "A", "A"),
      asked(2, [1, 2, 2], "B", "C"),
      asked(4, [1, 2, 3], "A", "B"),
      asked(5, [1, 5, 3], "A", "A"),
    ]);
    expect(datasets[0]?.clusters).toEqual({ by: "slide", count: 4 });
    expect(datasets[0]?.leaks?.[0]).toEqual({
      profile: "ralm-path",
      leaks: {
        ...{ kind: "slide", queries: 4, anyExemplar: 3, anyShare: 0.75, rightExemplar: 2, rightShare: 0.5 },
        withRight: { answers: 2, accuracy: 0.5 },
        withoutRight: { answers: 2, accuracy: 0.5 },
        // A by its slide; C, the last of two; A as the most frequent; B by its slide.
        rule: { answers: 4, accuracy: 0.5 },
        uniqueRule: { answers: 2, accuracy: 0.5 },
        uniqueModel: { answers: 2, accuracy: 1 },
      },
    });
  });

  it("pairs two files by what was asked, not by position", () => {
    const change = (outputs: string) =>
      [...outputs].map((output, index) => ({ output, gold: "A", query: `q${index}` }));
    const text = (some: readonly Row[]) => JSON.stringify(some.map(predictionRecord));
    const { result } = importPredictions({
      ...{ format: "ralm-path", profile: "ralm-path" },
      predictions: text(change("AAAAAAAB").toReversed()),
      against: text([...change("AABBBBB"), { output: "A", gold: "A", query: "another" }]),
    });
    expect(result.datasets[0]?.comparisons?.[0]?.comparison).toMatchObject({
      ...{ paired: 7, unpaired: 2, before: 2 / 7, after: 1, gained: 5, lost: 0 },
      difference: { value: 5 / 7 },
      test: { name: "mcnemar", pValue: 0.0625 },
      ...{ withRight: null, withoutRight: null },
    });
  });

  it("stands for answers to the same image together, and counts each as the published scorer does", () => {
    const { datasets } = score([rows[0]!, rows[0]!, rows[1]!]);
    expect(datasets[0]).toMatchObject({ answers: 3, clusters: { by: "image", count: 2 } });
  });

  it("reads a file without options or images, and a gold that is written as text", () => {
    const bare = (value: string, answer: string) => ({
      ...{ conversations: [{}, { value }], metadata: { answer, dataset: "__proto__" } },
    });
    const predictions = JSON.stringify([bare("A", "A"), bare("M", "M"), bare("Answer: M", "A")]);
    const { result } = importPredictions({ format: "ralm-path", profile: "ralm-path", predictions });
    expect(result.datasets[0]).toMatchObject({ dataset: "__proto__", clusters: { by: "answer", count: 3 } });
    expect(result.datasets[0]?.readings.map(({ right }) => right)).toEqual([3, 2]);
    expect(
      score([{ output: "B", gold: "tumor", query: "1" }], "medrounds").datasets[0]?.readings[0]?.right,
    ).toBe(1);
  });

  it("names formats and profiles there are", () => {
    const request = { format: "ralm-path", profile: "ralm-path", predictions: "[]" };
    expect(() => importPredictions({ ...request, format: "csv" })).toThrow("there is ralm-path");
    expect(() => importPredictions({ ...request, profile: "x" })).toThrow("medrounds, ralm-path, mirage");
  });
});

describe("publishedFiles", () => {
  it("writes what Python's json.dump(indent=4) writes", () => {
    const record = predictionRecord({
      output: "A\u00e9\u007f\ud83d\ude00",
      gold: "A",
      query: "q",
      dataset: "PAIP19",
    });
    const scored = importPredictions({
      ...{ format: "ralm-path", profile: "ralm-path", predictions: JSON.stringify([record]) },
    });
    const files = Object.fromEntries(publishedFiles(scored).map(({ name, text }) => [name, text]));
    expect(files["eval_dataset.json"]).toBe(
      '{\n    "PAIP19": {\n        "f1": 1.0,\n        "acc": 1.0\n    }\n}',
    );
    expect(files["eval_cat.json"]).toBe(files["eval_dataset.json"]);
    expect(JSON.parse(files["eval_dataset_details.json"] ?? "")).toEqual({
      PAIP19: { F1: [{ score: "1" }], ACC: [{ score: "1" }] },
    });
    expect(files["pred.json"]).toContain('"value": "A\\u00e9\\u007f\\ud83d\\ude00"');
    expect(JSON.parse(files["pred.json"] ?? "")).toEqual([record]);
  });

  it("has no category of other data sets", () => {
    const scored = importPredictions({
      ...{
        format: "ralm-path",
        profile: "ralm-path",
        predictions: JSON.stringify(rows.map(predictionRecord)),
      },
    });
    expect(publishedFiles(scored).at(-1)).toEqual({ name: "eval_cat.json", text: "{}" });
  });
});

const data = "../shared/data/ralm_path/gemini-2.0-flash";
describe.skipIf(!existsSync(data))(
  "on the committed predictions (skipped where ../shared/data is absent)",
  () => {
    const read = (name: string) => readFileSync(`${data}/${name}`, "utf8");
    const importFrom = (folder: string, against?: string) =>
      importPredictions({
        ...{ format: "ralm-path", profile: "ralm-path" },
        predictions: read(`${folder}/pred.json`),
        published: read(`${folder}/eval_dataset.json`),
        ...(against === undefined ? {} : { against: read(`${against}/pred.json`) }),
      });

    it.each(["zero-shot-1", "1shot-1"])(
      "gives the scores of %s to the last digit, and its files to the byte",
      (folder) => {
        const scored = importFrom(folder);
        expect(scored.result.scores).toEqual(JSON.parse(read(`${folder}/eval_dataset.json`)));
        expect(scored.result.published?.dataSets.every(({ equal }) => equal)).toBe(true);
        for (const { name, text } of publishedFiles(scored).slice(0, 2))
          expect(text).toBe(read(`${folder}/${name}`));
      },
    );

    it("finds the leaks by slide, and the gains that they explain or do not", () => {
      const { datasets } = importFrom("1shot-1", "zero-shot-1").result;
      const shown = datasets.flatMap(({ dataset, leaks, comparisons }) => {
        const [leak, paired] = [leaks?.[0]?.leaks, comparisons?.[0]?.comparison];
        if (leak === undefined || paired === undefined) return [];
        const figures = [leak.anyShare, leak.rightShare, leak.withRight.accuracy, leak.withoutRight.accuracy];
        const three = [...figures, leak.rule.accuracy].map((figure) => figure?.toFixed(3)).join(" ");
        return [`${dataset} ${three} ${paired.gained}/${paired.lost}`];
      });
      expect(shown).toEqual([
        "PAIP19 0.912 0.887 0.691 0.420 0.828 74/34",
        "CAMEL 0.580 0.557 0.838 0.788 0.733 50/17",
        "unipatho 0.852 0.852 0.620 0.577 0.932 49/17",
        "catch 0.487 0.487 0.603 0.531 0.620 112/86",
      ]);
    });
  },
);
