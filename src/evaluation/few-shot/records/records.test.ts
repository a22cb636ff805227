import { existsSync, readFileSync } from "node:fs";
import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Sample } from "../../samples/sample.ts";
import { parsePromptWording } from "../prompt-wording.ts";
import { makeSample } from "../test-samples.ts";
import { barredSamples } from "./barred-samples.ts";
import { createRecords } from "./create-records.ts";
import { readRecord } from "./read-record.ts";
import { formatRecords, parseRecords, readRecordFile, writeRecordFile } from "./record-file.ts";

/** RALM-Path's structure in words of our own. */
const wording = parsePromptWording(
  [
    "zeroShot: |",
    "  <image>",
    "  Name the tissue.",
    "  Reply with a letter.",
    "  Choices:",
    "  {options}",
    "fewShot: |",
    "  You get {countWord} solved pictures; the {ordinal} is yours.",
    "  {examples}",
    "",
    "  Name yours after the pictures before it.",
    "  <image>",
    "  Reply with a letter.",
    "  Options:",
    "  {options}",
    "example: |",
    "  Example{number}",
    "  <image>",
    "  Answer: {answer}",
    'option: "{label}: {text}"',
  ].join("\n"),
  "structure.yaml",
);
const pathOf = ({ id }: Sample) => `Set/data/images/${id}.png`;
const text = fc
  .string({ minLength: 1, maxLength: 30, unit: "grapheme" })
  .map((one) => one.replace(/\s+/g, " ").trim())
  .filter((one) => one !== "");

describe("records", () => {
  it("come back from a file as they were written, and are read by their structure alone", () => {
    const anyQuestion = fc.uniqueArray(text, { minLength: 2, maxLength: 13 }).chain((texts) => {
      const options = texts.map((one, place) => ({ label: String.fromCharCode(65 + place), text: one }));
      const answer = fc.constantFrom(...texts);
      return fc.record({
        options: fc.constant(options),
        order: fc.shuffledSubarray(
          options.map(({ label }) => label),
          { minLength: texts.length },
        ),
        answer,
        shown: fc.array(answer, { maxLength: 14 }),
      });
    });
    fc.assert(
      fc.property(fc.array(anyQuestion, { minLength: 1, maxLength: 3 }), (rows) => {
        const questions = rows.map(({ options, order, answer, shown }, index) => ({
          sample: makeSample(`q${index}`, { options, answer }),
          exemplars: shown.map((one, place) => {
            return {
              sample: makeSample(`x${place}`, { options, answer: one }),
              answer: one,
              similarity: null,
            };
          }),
          optionOrder: order,
        }));
        const { records, left } = createRecords({ dataSet: "Set", questions, wording, pathOf });
        expect(left).toEqual([]);
        const written = formatRecords(records);
        expect(parseRecords(written)).toEqual({ records, refused: [] });
        expect(formatRecords(parseRecords(written).records)).toBe(written);
        for (const [index, record] of records.entries()) {
          const { order, answer, shown, options } = rows[index]!;
          const texts = order.map((label) => options.find((option) => option.label === label)!.text);
          const read = readRecord(record);
          expect(read.options).toEqual(options.map(({ label }, place) => ({ label, text: texts[place] })));
          expect(read.exemplars.map((one) => one.answer)).toEqual(shown);
          expect(read.exemplars.map(({ image }) => image)).toEqual(
            shown.map((_, place) => `Set/data/images/x${place}.png`),
          );
          expect([record.sampleId, read.query]).toEqual([index + 1, `Set/data/images/q${index}.png`]);
          expect([record.correct, texts[options.findIndex(({ label }) => label === record.label)]]).toEqual([
            answer,
            answer,
          ]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("have the keys of the published files", () => {
    const questions = [{ sample: makeSample("q"), exemplars: [], optionOrder: ["C", "A", "B"] }];
    const { records } = createRecords({ dataSet: "Set", questions, wording, pathOf });
    expect(JSON.parse(formatRecords(records))).toEqual([
      {
        sample_id: 1,
        image: ["Set/data/images/q.png"],
        conversations: [
          {
            from: "human",
            value: "<image>\nName the tissue.\nReply with a letter.\nChoices:\nA: flat\nB: round\nC: square",
          },
          { from: "gpt", value: "B" },
        ],
        metadata: { correct: "round", dataset: "Set", question_type: "close" },
      },
    ]);
  });

  it("come back from a file on disk", async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), "medrounds-records-"));
    const questions = [{ sample: makeSample("q"), exemplars: [], optionOrder: [] }];
    const { records } = createRecords({ dataSet: "Set", questions, wording, pathOf });
    const file = join(folder.path, "records.json");
    await writeRecordFile(file, records);
    expect(await readRecordFile(file)).toMatchObject({ records, refused: [] });
  });

  it("leave out what has no image or no right option, and say so", () => {
    const open = makeSample("open", { options: [] });
    const blind = makeSample("blind", { image: null });
    const questions = [open, blind, makeSample("q")].map((sample) => ({
      sample,
      exemplars: [],
      optionOrder: [],
    }));
    const { records, left } = createRecords({ dataSet: "Set", questions, wording, pathOf });
    expect([left, records.map(({ label }) => label)]).toEqual([[open, blind], ["A"]]);
  });

  it("are refused one by one, or with the file where none is good", () => {
    const good = formatRecords(
      createRecords({
        ...{ dataSet: "Set", wording, pathOf },
        questions: [{ sample: makeSample("q"), exemplars: [], optionOrder: [] }],
      }).records,
    );
    const mixed = JSON.stringify([...JSON.parse(good), { sample_id: 2, image: [] }]);
    expect(parseRecords(mixed)).toMatchObject({ records: [{ sampleId: 1 }], refused: [{ row: 2 }] });
    for (const bad of ["", "{}", '[{"sample_id": 1}]', "[1]"]) {
      expect(() => parseRecords(bad)).toThrow(expect.objectContaining({ code: "few-shot-file-invalid" }));
    }
  });
});

it("is refused where a record's images and examples do not fit", () => {
  const prompt = "Opening.\nExample1\nAnswer: one\nExample2\nAnswer: two\n\nWhich?\nOptions:\nA: one\nB: two";
  expect(() => readRecord({ prompt, images: ["a.png", "query.png"] })).toThrow(
    expect.objectContaining({ code: "few-shot-file-invalid" }),
  );
});

it("bars the samples whose images records ask about, not those that they show as examples", () => {
  const samples = ["a", "b", "c"].map((name) => ({
    ...makeSample(name),
    tags: { data_set: name === "c" ? "Other" : "Set" },
  }));
  const record = (...images: string[]) => ({ images, dataSet: "Set" });
  const records = [
    record("Set/data/images/b.png", "Set/data/images/a.png"),
    record("Set/x/images/c.png"),
    record("gone.png"),
  ];
  expect(barredSamples(records, samples)).toEqual({
    barred: new Set(["a"]),
    unknown: ["Set/x/images/c.png", "gone.png"],
  });
});

const recorded = join(import.meta.dirname, "../../../../../shared/data/ralm_path/gemini-2.0-flash");
it.skipIf(!existsSync(recorded)).each([
  { name: "zero-shot-1", perClass: 0 },
  { name: "1shot-1", perClass: 1 },
])(
  "reads every prompt of the published $name (skipped where ../shared/data is absent)",
  ({ name, perClass }) => {
    const rows: { conversations: { value: string }[]; image: string[] }[] = JSON.parse(
      readFileSync(join(recorded, name, "pred.json"), "utf8"),
    );
    expect(rows).toHaveLength(1_551);
    for (const { conversations, image } of rows) {
      const record = { prompt: conversations[0]!.value, images: image };
      const { exemplars, options } = readRecord(record);
      expect(exemplars.map(({ answer }) => answer).sort()).toEqual(
        options.flatMap(({ text }) => Array<string>(perClass).fill(text)).sort(),
      );
    }
  },
);
