import { describe, expect, it } from "vitest";
import { findProfile } from "../extraction/profiles/find-profile.ts";
import type { Gold } from "../samples/sample.ts";
import type { SampleAnswer, SampleRecord } from "./answer.ts";
import { type AskedSample, scoreAnswer, scoreSamples } from "./score-samples.ts";
import { makeAnswer } from "./test-scored.ts";

const profile = findProfile("medrounds");
const options = [
  { label: "A", text: "Fracture" },
  { label: "B", text: "Effusion" },
  { label: "C", text: "Nodule" },
];

function makeSample(gold: Gold, given: Partial<AskedSample> = {}): AskedSample {
  return {
    ...{
      id: "0a1b",
      sourceId: "1",
      question: "What is it?",
      gold,
      patient: "",
      slide: "",
      group: "g",
      tags: {},
    },
    options: gold.type === "option" ? options : [],
    ...given,
  };
}

function makeRecord(answer: Partial<SampleAnswer>, sample = "0a1b"): SampleRecord {
  const task = { arm: "arm", sample, repeat: 0, at: "2026-01-01T00:00:00Z", milliseconds: 5 };
  return { ...task, state: "answered", answer: makeAnswer(answer), attempts: [] };
}

const scoreOf = (gold: Gold, answer: Partial<SampleAnswer>) =>
  scoreAnswer(makeRecord(answer), { sample: makeSample(gold), scoring: { profile } });

describe("scoring an answer", () => {
  it("is right by the option's label, and wrong where nothing was read, refused or abstained", async () => {
    const gold = { type: "option", label: "B" } as const;
    expect(await scoreOf(gold, { output: "ANSWER: B" })).toMatchObject({ correct: 1 });
    expect(await scoreOf(gold, { output: "ANSWER: A" })).toMatchObject({ correct: 0 });
    const unparsed = await scoreOf(gold, { output: "Based on the image" });
    expect(unparsed).toMatchObject({ correct: 0, extraction: { state: "unparsed" } });
    expect(await scoreOf(gold, { output: "ANSWER: B", abstained: true })).toMatchObject({ correct: 0 });
  });

  it("reads the labels that were shown, and tells them in the data set's own", async () => {
    const gold = { type: "option", label: "B" } as const;
    const optionOrder = ["C", "A", "B"];
    // The third option shown, C, has the text of B.
    const score = await scoreOf(gold, { output: "ANSWER: C", optionOrder });
    expect(score).toMatchObject({ correct: 1, extraction: { label: "B", text: "Effusion" } });
    expect(await scoreOf(gold, { output: "ANSWER: B", optionOrder })).toMatchObject({ correct: 0 });
    // By its text an option is itself, wherever it stood.
    expect(await scoreOf(gold, { output: "Effusion", optionOrder })).toMatchObject({ correct: 1 });
    expect(await scoreOf(gold, { output: "ANSWER: B", optionOrder: ["A", "A", "B"] })).toMatchObject({
      correct: 1,
    });
  });

  it("is right for an open question word for word, apart from articles, case and punctuation", async () => {
    const gold = { type: "text", texts: ["right lower lobe", "RLL"] } as const;
    expect(await scoreOf(gold, { output: "The right lower lobe." })).toMatchObject({ correct: 1 });
    expect(await scoreOf(gold, { output: "rll" })).toMatchObject({ correct: 1 });
    const half = await scoreOf(gold, { output: "left lower lobe" });
    expect(half.correct).toBe(0);
    expect(half.measures["token-f1"]).toBeCloseTo(2 / 3, 12);
    const decimal = { type: "text", texts: ["0.5"] } as const;
    expect(await scoreOf(decimal, { output: "05" })).toMatchObject({ correct: 0 });
  });

  it("is right for rows in any order, numbers within rounding, and wrong for others", async () => {
    const gold = {
      type: "rows",
      rows: [
        ["a", 1],
        ["b", 0.333_333_33],
      ],
    } as const;
    expect(await scoreOf(gold, { output: '[["b", 0.33333333], ["a", "1.0"]]' })).toMatchObject({
      correct: 1,
    });
    expect(await scoreOf(gold, { output: '[["a", 1]]' })).toMatchObject({ correct: 0 });
    expect(await scoreOf(gold, { output: '[["a", 1], ["b", 0.34]]' })).toMatchObject({ correct: 0 });
    expect(await scoreOf(gold, { output: "a and b" })).toMatchObject({ correct: 0 });
  });

  it("takes the rows of the last look-up in records, unless only some of them were held", async () => {
    const gold = { type: "rows", rows: [[7]] } as const;
    const look = (rows: number[][], truncated: boolean) => ({
      ...{
        type: "rows-retrieved" as const,
        roundId: "r",
        sequence: 0,
        at: 0,
        step: 0,
        call: "c",
        searched: 1,
      },
      evidence: [
        {
          ...{ type: "rows" as const, number: 1, query: "select 7" },
          table: { database: "d", columns: ["n"], rows, truncated },
        },
      ],
    });
    expect(
      await scoreOf(gold, { output: "Seven.", events: [look([[8]], false), look([[7]], false)] }),
    ).toMatchObject({ correct: 1 });
    expect(await scoreOf(gold, { output: "Seven.", events: [look([[7]], true)] })).toMatchObject({
      correct: 0,
    });
  });

  it("is right to leave open what cannot be answered", async () => {
    const gold = { type: "unanswerable" } as const;
    expect(await scoreOf(gold, { output: "I cannot tell.", abstained: true })).toMatchObject({ correct: 1 });
    expect(await scoreOf(gold, { output: "Forty-two." })).toMatchObject({ correct: 0 });
  });

  it("does not say of a report whether it is right", async () => {
    const gold = { type: "report", text: "The lungs are clear. No effusion." } as const;
    const score = await scoreOf(gold, { output: "Clear lungs, no pleural effusion." });
    expect(score.correct).toBeNull();
    expect(score.measures).toMatchObject({ "findings-f1": 1 });
    expect(score.measures["rouge-l"]).toBeGreaterThan(0);
  });

  it("gives a failed sample no score", async () => {
    const { arm, sample, repeat, at, milliseconds } = makeRecord({});
    const failure = { code: "endpoint-busy", message: "Busy.", cure: "", facts: {} } as const;
    const record = { arm, sample, repeat, at, milliseconds, state: "failed", failure, attempts: [] } as const;
    const score = await scoreAnswer(record, {
      sample: makeSample({ type: "option", label: "A" }),
      scoring: { profile },
    });
    expect(score).toEqual({ extraction: null, correct: null, measures: {} });
  });

  it("asks a judge only what no rule can read, and leaves an answer unscored where it fails", async () => {
    const asked: string[] = [];
    const reader = {
      name: "judge",
      decide({ output }: { output: string }) {
        asked.push(output);
        return output.includes("fluid") ? Promise.resolve("B") : Promise.reject(new Error("down"));
      },
    };
    const sample = makeSample({ type: "option", label: "B" });
    const scoring = { profile, reader };
    const read = await scoreAnswer(makeRecord({ output: "There is some fluid" }), { sample, scoring });
    expect(read).toMatchObject({ correct: 1, extraction: { rung: "judge" } });
    const unscored = await scoreAnswer(makeRecord({ output: "Hard to say" }), { sample, scoring });
    expect(unscored).toEqual({ extraction: null, correct: null, measures: {} });
    await scoreAnswer(makeRecord({ output: "ANSWER: A" }), { sample, scoring });
    expect(asked).toHaveLength(2);
  });
});

it("scores records in their order, however many are under way, and passes over samples that are not known", async () => {
  const samples = new Map(
    ["1", "2", "3", "4"].map((id) => [id, makeSample({ type: "option", label: "A" }, { id })]),
  );
  const records = ["3", "unknown", "1", "4", "2"].map((id) => makeRecord({ output: "A" }, id));
  const waits = new Map([
    ["3", 3],
    ["1", 2],
  ]);
  const judge = {
    async measure({ sample }: { sample: { id: string } }) {
      for (let turn = 0; turn < (waits.get(sample.id) ?? 0); turn++) await new Promise(setImmediate);
      return { mine: 1 };
    },
    report: () => ({
      name: "",
      title: "",
      model: "",
      hash: "",
      asked: 0,
      unscored: 0,
      reasons: {},
      agreement: null,
    }),
  };
  const scored = await Array.fromAsync(
    scoreSamples(records, {
      ...{ profile, judges: [judge], concurrency: 3 },
      sampleOf: ({ sample }) => samples.get(sample),
    }),
  );
  expect(scored.map((one) => one.scored.sample)).toEqual(["3", "1", "4", "2"]);
  expect(scored[0]?.scored.measures).toEqual({ mine: 1 });
});

it("rejects with the reason of an abort", async () => {
  const controller = new AbortController();
  const judge = {
    async measure(): Promise<never> {
      controller.abort(new Error("enough"));
      throw controller.signal.reason;
    },
    report: () => ({
      name: "",
      title: "",
      model: "",
      hash: "",
      asked: 0,
      unscored: 0,
      reasons: {},
      agreement: null,
    }),
  };
  const records = Array.from({ length: 4 }, () => makeRecord({ output: "A" }));
  const sampleOf = () => makeSample({ type: "option", label: "A" });
  const scoring = { profile, sampleOf, judges: [judge], concurrency: 4, signal: controller.signal };
  await expect(Array.fromAsync(scoreSamples(records, scoring))).rejects.toThrow("enough");
});
