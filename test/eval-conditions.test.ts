import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report, ReportArm, RoundEvent } from "../src/contracts/index.ts";
import { readFinalRecords } from "../src/evaluation/runner/read-log.ts";
import type { Exchange, ScriptReply } from "../src/mock-model/index.ts";
import { drawnCases, writeDrawnCases } from "./support/drawn-cases.ts";
import { makeFolder, removeFolder, runCli } from "./support/run-cli.ts";
import { openSuiteRuns, type SuiteRuns } from "./support/suite-runs.ts";

const patients = 10;
const films = drawnCases(patients).map((drawn, number) => ({
  ...drawn,
  question: `Which finding does film ${number} show?`,
  options: { A: "Edema", B: "Mass", C: "Fracture", D: "Effusion" },
  answer: "ABCD"[number % 4],
}));
type Planned = {
  condition: string;
  tasks: number;
  answered: number;
  images: number;
  inputTokens: number;
  outputTokens: number;
  costMicrodollars: { least: number; most: number | null };
};

const rounds = { type: "round", library: "cases", confidenceThreshold: 0.8 };

let folder: string;
let runs: SuiteRuns | undefined;
beforeAll(async () => {
  folder = await makeFolder("eval-conditions");
  await writeDrawnCases(join(folder, "films"), films);
  await writeDrawnCases(join(folder, "known"), drawnCases(patients));
  await writeFile(join(folder, "known/note.md"), "Stripes are lines. Dots are round.");
  const added = await runCli(["library", "add", "known", "--library", "cases"], { cwd: folder });
  expect(added.code).toBe(0);
});
afterAll(async () => {
  await runs?.[Symbol.asyncDispose]();
  await removeFolder(folder);
});

/** Runs a suite over the films with a model that replies as told, and reads the report of it. */
async function report(
  name: string,
  reply: (exchange: Exchange) => ScriptReply,
  suite: Record<string, unknown>,
  more: readonly string[] = [],
): Promise<{ report: Report; arm: (condition: string) => ReportArm }> {
  await runs?.[Symbol.asyncDispose]();
  const dataSets = [{ path: "films/manifest.jsonl", name: "films" }];
  runs = await openSuiteRuns(folder, { script: reply, suite: { dataSets, seeds: [1], ...suite } });
  const { code, stderr } = await runs.run(name, { more });
  expect([code, stderr]).toEqual([0, expect.anything()]);
  const { stdout } = await runCli(["eval", "report", name, "--format", "json"], { cwd: folder });
  const told = JSON.parse(stdout) as Report;
  return { report: told, arm: (condition) => told.arms.find((one) => one.condition === condition)! };
}

const figure = ({ figures }: ReportArm, metric: string) =>
  figures.find((one) => one.metric === metric)?.value;
const saw = ({ conversation }: Exchange, text: string) =>
  conversation.messages.some((message) => message.text.includes(text));
const filmOf = ({ conversation }: Exchange) =>
  conversation.messages
    .map(({ text }) => /film (\d+) show/.exec(text)?.[1])
    .filter((number) => number !== undefined)
    .map(Number)
    .at(-1);

describe("rounds with CDIR and without", () => {
  /**
   * Of four films the first is right and sure, the second right and unsure, the third wrong and unsure, the fourth wrong and sure. Behind
   * similar cases the second is wrong and less sure, the third right and sure.
   */
  const reply = (exchange: Exchange): ScriptReply => {
    const film = filmOf(exchange);
    if (film === undefined) return { text: "alpha", confidence: 0.5 };
    const right = "ABCD"[film % 4];
    const wrong = "BCDA"[film % 4];
    const isAgain = saw(exchange, "answer once more");
    const replies = isAgain
      ? [[right, 0.9] as const, [wrong, 0.55] as const, [right, 0.9] as const, [wrong, 0.9] as const]
      : [[right, 0.95] as const, [right, 0.6] as const, [wrong, 0.6] as const, [wrong, 0.95] as const];
    const [label, confidence] = replies[film % 4]!;
    return { text: `<answer>${label}</answer>`, confidence };
  };

  it("are arms of their own, and the report tells what reconsidering has done, of answers that are both in the log", async () => {
    const reconsiderations = ["off", "cdir", "cdir-paper"];
    const conditions = reconsiderations.map((name) => ({ ...rounds, name, reconsideration: name }));
    const models = [{ name: "mock", endpoint: "", model: "mock", policy: "tags" }];
    const { report: told, arm } = await report("cdir", reply, { conditions, models });
    const arms = told.arms.filter(({ isBaseline }) => !isBaseline);
    expect(new Set(arms.map(({ hash }) => hash)).size).toBe(3);
    const figures = (name: string) =>
      ["accuracy", "reconsidered", "first-answer-right", "reconsideration-gain"].map((metric) =>
        figure(arm(name), metric),
      );
    expect(figures("off")).toEqual([0.5, undefined, undefined, undefined]);
    expect(figures("cdir")).toEqual([0.75, 0.5, 0.5, 0.25]);
    expect(figures("cdir-paper")).toEqual([0.5, 0.5, 0.5, 0]);
    expect(arm("cdir").gain).toMatchObject({
      over: arm("off").id,
      ...{ difference: 0.25, samples: 20, gained: 5, lost: 0 },
    });
    expect(arm("cdir-paper").gain).toMatchObject({ difference: 0, gained: 5, lost: 5 });
    const again = new Map<string, RoundEvent[]>();
    for await (const record of readFinalRecords(join(folder, "cdir"))) {
      const [, , condition = ""] = record.arm.split(".");
      const events = record.state === "answered" ? (record.answer.events ?? []) : [];
      const told = events.filter(({ type }) => type === "answer-reconsidered");
      again.set(condition, [...(again.get(condition) ?? []), ...told]);
    }
    expect([...again].map(([name, { length }]) => [name, length])).toEqual(
      expect.arrayContaining([
        ["off", 0],
        ["cdir", 10],
        ["cdir-paper", 10],
      ]),
    );
    for (const event of again.get("cdir") ?? [])
      expect(event).toMatchObject({ first: { confidence: expect.closeTo(0.6) }, second: expect.anything() });
  });
});

describe("options in every order, of a model", () => {
  const suite = { conditions: [{ type: "zero-shot", options: "rotated" }], repeats: 4 };
  const letters = (text: string) =>
    new Map(
      [...text.matchAll(/^\(?([A-D])[).:] *(\w+)/gm)].map(([, label = "", said = ""]) => [said, label]),
    );

  it("that always says A show that its choice owes all to the place", async () => {
    const { arm } = await report("first", () => ({ text: "A" }), suite);
    expect(figure(arm("zero-shot"), "accuracy")).toBe(0.25);
    expect(figure(arm("zero-shot"), "circular-accuracy")).toBe(0);
    expect(figure(arm("zero-shot"), "position-bias")).toBe(0.75);
    expect(figure(arm("zero-shot"), "repeat-agreement")).toBe(0);
  });

  it("that reads them show that it owes nothing to it", async () => {
    const reply = (exchange: Exchange): ScriptReply => {
      const text = exchange.conversation.messages.at(-1)?.text ?? "";
      const right = ["Edema", "Mass", "Fracture", "Effusion"][(filmOf(exchange) ?? 0) % 4]!;
      return { text: letters(text).get(right) ?? "none" };
    };
    const { arm } = await report("reader", reply, suite);
    expect(figure(arm("zero-shot"), "accuracy")).toBe(1);
    expect(figure(arm("zero-shot"), "circular-accuracy")).toBe(1);
    expect(figure(arm("zero-shot"), "position-bias")).toBe(0);
    expect(figure(arm("zero-shot"), "repeat-agreement")).toBe(1);
  });
});

describe("a dry run", () => {
  const prices = { inputPerMillion: 1, outputPerMillion: 4 };
  const suite = {
    models: [{ name: "mock", endpoint: "", model: "mock", policy: "tags", prices }],
    conditions: [
      { type: "zero-shot" },
      { type: "few-shot", exemplars: "random", perClass: 1, name: "per-class" },
      { type: "few-shot", exemplars: "similar", count: 3, name: "counted" },
      rounds,
    ],
    limits: { tokens: 64 },
    leaks: false,
  };
  /** Counts as a server would: a quarter of the characters, 28 × 28 pixels of an image of 64 × 64. */
  const count = ({ conversation: { messages } }: Exchange) => {
    const images = messages.reduce((sum, message) => sum + message.images.length, 0);
    const characters = messages.reduce((sum, { text }) => sum + text.length, 0);
    return { images, inputTokens: Math.ceil(characters / 4) + 6 * images };
  };

  it.each([
    ["all samples", []],
    ["a few of them", ["--limit", "7"]],
    ["a shard", ["--shard", "1/2"]],
  ])("of %s tells what a run of them takes", async (name, more) => {
    let sentImages = 0;
    const reply = (exchange: Exchange): ScriptReply => {
      const { images, inputTokens } = count(exchange);
      if (filmOf(exchange) !== undefined) sentImages += images;
      return { text: "<answer>A</answer>", usage: { inputTokens, outputTokens: 5 } };
    };
    const out = `planned-${name.replaceAll(" ", "-")}`;
    const { arm } = await report(out, reply, suite, more);
    const dry = await runs!.run(`${out}-dry`, { more: ["--dry-run", ...more] });
    const plan = JSON.parse(dry.stdout) as { arms: Planned[] };
    expect(plan.arms.map(({ condition }) => condition)).toEqual([
      "zero-shot",
      "per-class",
      "counted",
      "library",
    ]);
    expect(plan.arms.reduce((sum, { images }) => sum + images, 0)).toBe(sentImages);
    for (const { condition, tasks, inputTokens, outputTokens, costMicrodollars } of plan.arms) {
      const { counts, usage } = arm(condition);
      expect([tasks, counts.abstained]).toEqual([counts.tasks - counts.missing, 0]);
      const factor = usage.inputTokens! / inputTokens;
      expect(factor).toBeGreaterThan(0.7);
      expect(factor).toBeLessThan(condition === "library" ? Number.POSITIVE_INFINITY : 1.4);
      expect(usage.outputTokens).toBeLessThanOrEqual(outputTokens);
      expect(costMicrodollars.least).toBe(inputTokens);
      if (condition !== "library") expect(usage.costMicrodollars).toBeLessThan(costMicrodollars.most!);
    }
    // What is answered, there or in a run that is taken over from, is not asked again.
    for (const [folder, ...reuse] of [[out], ["another", "--reuse", out]] as const) {
      const { stdout } = await runs!.run(folder, { more: ["--dry-run", ...reuse] });
      for (const { tasks, answered, outputTokens } of (JSON.parse(stdout) as { arms: Planned[] }).arms) {
        expect([tasks, answered]).toEqual([films.length, plan.arms[0]!.tasks]);
        expect(outputTokens).toBe(64 * (tasks - answered));
      }
    }
  });
});
