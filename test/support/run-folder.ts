import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Option, RoundEvent } from "../../src/contracts/index.ts";
import type { AnswerScore, SampleAnswer, SampleRecord } from "../../src/evaluation/answers/answer.ts";
import type { Extraction } from "../../src/evaluation/extraction/extraction.ts";
import { hashSuite, type RunFile, writeRunFile } from "../../src/evaluation/runner/run-file.ts";
import type { RunSample } from "../../src/evaluation/runner/run-samples.ts";
import type { Arm } from "../../src/evaluation/suites/arms.ts";
import { type Suite, suiteSchema } from "../../src/evaluation/suites/suite-schema.ts";
import { createRandom } from "../../src/statistics/index.ts";

const card = {
  title: "Drawn by a test",
  license: "CC0-1.0",
  source: "test/support/run-folder.ts",
  splits: "none",
  contamination: "None: nobody has seen it.",
};

const options: Option[] = [
  { label: "A", text: "Effusion" },
  { label: "B", text: "Pneumothorax" },
  { label: "C", text: "No finding" },
];

/** Takes the last letter for the answer, where it is a label. */
function extract(output: string): Extraction {
  const label = output.trim().at(-1) ?? "";
  if (output.startsWith("I cannot")) return { state: "refused" };
  const text = options.find((option) => option.label === label)?.text;
  if (text === undefined) return { state: "unparsed" };
  return { state: "parsed", rung: output.length > 1 ? "tolerant" : "strict", label, text };
}

function scoreOf(record: SampleRecord, gold: string): AnswerScore {
  if (record.state === "failed") return { extraction: null, correct: null, measures: {} };
  const extraction = extract(record.answer.output);
  const isRight = extraction.state === "parsed" && extraction.label === gold;
  return { extraction, correct: isRight ? 1 : 0, measures: {} };
}

export type DrawnRun = {
  samples: number;
  conditions: readonly string[];
  /** What is asked and said of the n-th sample, where a test cares. */
  question?: (number: number) => string;
  output?: (number: number, condition: string, label: string) => string;
  images?: readonly { name: string; sha256: string }[];
  exemplars?: SampleAnswer["exemplars"];
  events?: (number: number) => readonly RoundEvent[] | null;
};

/** Writes the folder of a run that nobody made, the same each time: three classes, right two times of three, more so in later conditions. */
export async function writeDrawnRun(folder: string, drawn: DrawnRun): Promise<RunFile> {
  const random = createRandom(7);
  const suite: Suite = suiteSchema.parse({
    name: "drawn",
    title: "A drawn run",
    dataSets: [{ name: "drawn", path: "nowhere" }],
    models: [{ name: "model", endpoint: "http://127.0.0.1:9/v1", model: "none", policy: "tags" }],
    conditions: drawn.conditions.map((name) => ({ type: "zero-shot", name })),
  });
  const arms = drawn.conditions.map((condition, place): Arm => {
    const hash = String(place).repeat(64);
    return {
      id: `drawn.model.${condition}.1-${hash.slice(0, 8)}`,
      hash,
      dataSet: "drawn",
      model: "model",
      condition,
      seed: 1,
    };
  });
  const samples = Array.from({ length: drawn.samples }, (_, number): RunSample => {
    const gold = options[Math.floor(random() * options.length)]!;
    return {
      id: number.toString(16).padStart(24, "0"),
      sourceId: `drawn-${number}`,
      question: drawn.question?.(number) ?? `What does film ${number} show?`,
      options,
      images: drawn.images ?? [],
      gold: { type: "option", label: gold.label },
      patient: `patient-${number >> 1}`,
      slide: "",
      group: `patient-${number >> 1}`,
      tags: { view: number % 3 === 0 ? "AP" : "PA", site: ["north", "south"][number % 2]! },
    };
  });
  await mkdir(folder, { recursive: true });
  const log: string[] = [];
  const scores: string[] = [];
  for (const [place, { id, condition }] of arms.entries()) {
    for (const [number, sample] of samples.entries()) {
      const gold = sample.gold.type === "option" ? sample.gold.label : "";
      const record = draw({ drawn, arm: id, condition, place, number, sample: sample.id, gold, random });
      const score: AnswerScore = scoreOf(record, gold);
      log.push(JSON.stringify(record));
      scores.push(JSON.stringify({ arm: id, sample: sample.id, repeat: 0, ...score }));
    }
  }
  await writeFile(join(folder, "log.jsonl"), `${log.join("\n")}\n`);
  await writeFile(join(folder, "scores.jsonl"), `${scores.join("\n")}\n`);
  await writeFile(
    join(folder, "samples.jsonl"),
    `${samples.map((sample) => JSON.stringify({ dataSet: "drawn", ...sample })).join("\n")}\n`,
  );
  const run: RunFile = {
    version: 1,
    name: "drawn",
    suite,
    arms,
    leftOut: [],
    dataSets: [
      {
        ...{ name: "drawn", format: "manifest", card, samples: samples.length, images: 0 },
        ...{
          groups: Math.ceil(samples.length / 2),
          hash: String(samples.length).padStart(64, "0"),
          refused: [],
        },
      },
    ],
    starts: [
      { at: "2026-01-01T00:00:00.000Z", medrounds: "0.1.0", suiteHash: hashSuite(suite), shard: null },
    ],
    endpoints: [],
    scorings: [],
    notes: [],
  };
  await writeRunFile(folder, run);
  return run;
}

function draw(request: {
  drawn: DrawnRun;
  arm: string;
  condition: string;
  place: number;
  number: number;
  sample: string;
  gold: string;
  random: () => number;
}): SampleRecord {
  const { drawn, arm, condition, place, number, sample, gold, random } = request;
  const stamp = {
    arm,
    sample,
    repeat: 0,
    at: "2026-01-01T00:00:00.000Z",
    milliseconds: 100 + (number % 400),
  };
  const failure = {
    code: "endpoint-busy",
    message: "The model's server was busy.",
    cure: "Wait.",
    facts: {},
  } as const;
  const chance = random();
  const isRight = random() < 0.62 + 0.1 * place;
  const said = isRight ? gold : (options.find(({ label }) => label !== gold)?.label ?? "");
  if (chance < 0.01) return { ...stamp, state: "failed", failure, attempts: [failure] };
  const drawnOutput =
    chance < 0.03
      ? "I cannot read images."
      : chance < 0.06
        ? "It may be one or the other."
        : chance < 0.5
          ? said
          : `The costophrenic angle decides here. ANSWER: ${said}`;
  const confidence = Math.round(1_000 * (isRight ? 0.5 + 0.5 * random() : 0.3 + 0.5 * random())) / 1_000;
  return {
    ...stamp,
    state: "answered",
    attempts: [],
    answer: {
      output: drawn.output?.(number, condition, said) ?? drawnOutput,
      probabilities: Object.fromEntries(
        options.map(({ label }) => [label, label === said ? confidence : (1 - confidence) / 2]),
      ),
      confidence,
      abstained: false,
      usage: { inputTokens: 120, outputTokens: 14, costMicrodollars: 90 },
      exemplars: drawn.exemplars ?? [],
      optionOrder: options.map(({ label }) => label),
      events: drawn.events?.(number) ?? null,
    },
  };
}
