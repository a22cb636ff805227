import { describe, expect, it } from "vitest";
import { createExemplarPool } from "../exemplar-pool.ts";
import { parsePromptWording, readPromptWording, recordWording } from "../prompt-wording.ts";
import { makeSample, makeVectors } from "../test-samples.ts";
import { buildRecords } from "./build-records.ts";
import { readRecord } from "./read-record.ts";
import { recordedExemplars } from "./recorded-exemplars.ts";

const wording = await readPromptWording(recordWording);
const classes = ["round", "square", "flat"];
/** Four slides with an image of each class; images are alike within a slide. */
const samples = Array.from({ length: 12 }, (_, index) =>
  makeSample(`s${index}`, { answer: classes[index % 3]!, slide: `slide ${Math.floor(index / 3)}` }),
);
const angles = samples.map(({ id }, index) => [id, Math.floor(index / 3) * 40 + index] as const);
const pool = createExemplarPool({ samples, vectors: makeVectors(Object.fromEntries(angles)) });
const rule = {
  choice: "similar",
  amount: { type: "per-class", number: 1 },
  order: "fixed",
} as const;
const asked = { name: "Set", asked: samples, pool, rule, options: "fixed", seed: 1, wording } as const;

describe("records", () => {
  it("hold every sample with an example of each class, none of the question's slide", () => {
    const { records, left, short, touches } = buildRecords(asked);
    expect([records.length, left, short]).toEqual([12, [], 0]);
    expect(touches).toEqual({ checked: 12, touched: {} });
    for (const record of records) {
      expect(readRecord(record).exemplars.map(({ answer }) => answer)).toEqual(classes);
    }
  });

  it("show the most similar whatever their slide where they are built as published, and say so", () => {
    const { records, touches } = buildRecords({ ...asked, rule: { ...rule, mixesGroups: true } });
    expect(records).toHaveLength(12);
    expect(Object.keys(touches.touched)).toHaveLength(12);
    expect(touches.touched.s0).toEqual(["sameSlide"]);
    for (const { images } of records) expect(images.slice(0, -1)).not.toContain(images.at(-1));
  });

  it("tell what has too few examples: left out as published, else short", () => {
    const few = createExemplarPool({ samples: samples.filter((_, index) => index !== 4 && index % 3 < 2) });
    const drawn = { ...asked, pool: few, rule: { ...rule, choice: "random" } } as const;
    expect(buildRecords(drawn)).toMatchObject({ records: { length: 12 }, short: 12, left: [] });
    const published = buildRecords({ ...drawn, rule: { ...drawn.rule, mixesGroups: true } });
    expect(published).toMatchObject({ records: [], left: { length: 12 } });
    expect(published.left[0]).toEqual({
      sourceId: "row s0",
      reason: "There are 0 of 1 examples of flat.",
    });
  });

  it("leave out what cannot be recorded with the reason, and count data sets from 1", () => {
    const mixed = [
      makeSample("a", { tags: { data_set: "One" } }),
      makeSample("b", { tags: { data_set: "Two" } }),
      makeSample("blind", { image: null }),
    ];
    const { records, left } = buildRecords({ ...asked, asked: mixed, rule: null });
    expect(records.map(({ dataSet, sampleId }) => `${dataSet} ${sampleId}`)).toEqual(["One 1", "Two 1"]);
    expect(left).toEqual([{ sourceId: "row blind", reason: expect.stringContaining("no image") }]);
  });

  it("are refused in a wording by which they could not be read again", () => {
    const lost = parsePromptWording(
      'zeroShot: "<image> {question}"\nfewShot: "{examples} <image> {options}"\nexample: "<image> {answer}"',
      "lost.yaml",
    );
    expect(() => buildRecords({ ...asked, wording: lost })).toThrow(
      expect.objectContaining({ code: "prompt-invalid" }),
    );
  });

  it("give back the examples that they show, and tell what no sample has", () => {
    const { records } = buildRecords(asked);
    const whole = recordedExemplars(records.slice(0, 6), { asked: samples, pool: samples });
    const shown = whole.of(samples[0]!);
    expect(shown?.missing).toEqual([]);
    expect(shown?.exemplars.map(({ sample }) => `images/${sample.id}.png`)).toEqual(
      records[0]!.images.slice(0, -1),
    );
    expect(shown?.exemplars.map(({ answer }) => answer)).toEqual(classes);
    expect(whole.of(samples[11]!)).toBeNull();
    const half = recordedExemplars(records, { asked: samples, pool: samples.slice(0, 2) });
    expect(half.of(samples[5]!)?.missing.length).toBeGreaterThan(0);
  });

  it("of several questions about one image go to the one with the record's answer", () => {
    const two = ["round", "flat"].map((answer) => makeSample(answer, { answer, image: "same" }));
    const { records } = buildRecords({ ...asked, asked: two, rule: null });
    const [first, second] = two.map((sample) =>
      recordedExemplars(records.slice(1), { asked: two, pool: samples }).of(sample),
    );
    expect([first, second]).toEqual([null, { exemplars: [], missing: [] }]);
  });
});
