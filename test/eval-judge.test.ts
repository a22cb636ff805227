import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunFile } from "../src/evaluation/runner/run-file.ts";
import { makeFolder, removeFolder, runCli } from "./support/run-cli.ts";
import {
  type ChatRequest,
  type ScriptedEndpoint,
  startScriptedEndpoint,
} from "./support/scripted-endpoint.ts";
import { openSuiteRuns, type SuiteRuns } from "./support/suite-runs.ts";
import { startWordModels, type WordModelServer } from "./support/word-model-server.ts";

const samples = 4;
const prompt = `---
name: fit
title: Fit
asks: verdict
reads: [question, answer]
images: true
verdicts: { poor: 0, good: 1 }
calibration:
  better: { question: q, answer: the better case }
  worse: { question: q, answer: the worse case }
---
You judge fit.`;

/** A judge that finds everything good but the worse of its cases, and asks what the images show. */
function judge({ messages }: ChatRequest): { text: string } {
  const [system, shown] = messages.map(({ content }) => JSON.stringify(content));
  if (system?.includes("You write three questions")) {
    const question = { question: "Which of these does the image show?", noncommittal: false };
    return { text: JSON.stringify({ questions: [question, question, question] }) };
  }
  if (system?.includes("which option"))
    return { text: JSON.stringify({ reason: "", verdict: shown?.includes("second") ? "B" : "none" }) };
  return { text: JSON.stringify({ verdict: shown?.includes("worse case") ? "poor" : "good" }) };
}

let folder: string;
let model: ScriptedEndpoint;
let words: WordModelServer;
let runs: SuiteRuns;
beforeAll(async () => {
  folder = await makeFolder("eval-judge");
  [model, words] = await Promise.all([startScriptedEndpoint(judge), startWordModels()]);
  await writeFile(join(folder, "fit.md"), prompt);
  runs = await openSuiteRuns(folder, {
    script: () => ({ text: "Stripes, I think.\nANSWER: A" }),
    suite: {
      conditions: [{ type: "zero-shot" }],
      seeds: [1],
      images: { pixels: 256 },
      judge: {
        ...{ endpoint: model.url, model: "judge", prompts: ["./fit.md", "answer-relevancy"] },
        embedder: words.embedder,
      },
    },
  });
  const { code, stderr } = await runs.run("run", { more: ["--limit", String(samples)] });
  expect([code, stderr]).toEqual([0, expect.not.stringMatching(/medrounds:/)]);
});
afterAll(async () => {
  await Promise.all([model, words, runs].map((one) => one[Symbol.asyncDispose]()));
  await removeFolder(folder);
});

const readScores = async (out: string): Promise<{ measures: Record<string, number> }[]> =>
  (await readFile(join(folder, out, "scores.jsonl"), "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

/** Width and height of the images of a request. */
function imagesOf({ messages }: ChatRequest): number[][] {
  const content = messages.at(-1)?.content;
  const parts = Array.isArray(content) ? content : [];
  return parts.flatMap((part) => {
    if (part.type !== "image_url") return [];
    const png = Buffer.from(part.image_url.url.replace(/^.*,/, ""), "base64");
    return [[png.readUInt32BE(16), png.readUInt32BE(20)]];
  });
}

/** Whether our own judge was asked about a sample, not about its two cases. */
function isAboutSample({ messages }: ChatRequest): boolean {
  const text = JSON.stringify(messages);
  return text.includes("You judge fit.") && !/better case|worse case/.test(text);
}

describe("a suite's judge", () => {
  it("compares questions by the embedder that the suite names", async () => {
    const scores = await readScores("run");
    expect(scores).toHaveLength(samples);
    for (const { measures } of scores) {
      expect(measures["answer-relevancy"]).toBeCloseTo(1, 6);
      expect(measures.fit).toBe(1);
    }
    const { scorings } = JSON.parse(await readFile(join(folder, "run/run.json"), "utf8")) as RunFile;
    expect(scorings.at(-1)?.judges).toMatchObject([{ name: "fit" }, { embedder: "words" }]);
    expect(scorings.at(-1)?.notes).toEqual([]);
  });

  it("is shown the images of the samples, no larger than the suite has them, where its file says so", () => {
    const about = model.requests.filter(isAboutSample);
    expect(about.length).toBeGreaterThanOrEqual(samples);
    for (const request of model.requests)
      expect(imagesOf(request)).toEqual(isAboutSample(request) ? [[16, 16]] : []);
  });

  it("is asked nothing again where answers are scored anew, and then reads the images it needs", async () => {
    const asked = model.requests.length;
    const rescore = () => runCli(["eval", "rescore", "run", "--judge"], { cwd: folder });
    expect((await rescore()).code).toBe(0);
    expect(model.requests).toHaveLength(asked);
    await writeFile(join(folder, "run/judgments.jsonl"), "");
    expect((await rescore()).code).toBe(0);
    expect(model.requests.slice(asked).flatMap(imagesOf).length).toBeGreaterThanOrEqual(samples);
    expect((await readScores("run"))[0]?.measures.fit).toBe(1);
  });

  it("is told before any question is asked where it is not to be had, with the cure", async () => {
    const suite = JSON.parse(await readFile(join(folder, "suite.yaml"), "utf8"));
    const gone = { ...suite.judge, endpoint: "http://127.0.0.1:1/v1", prompts: ["./fit.md"] };
    await writeFile(join(folder, "gone.yaml"), JSON.stringify({ ...suite, judge: gone }));
    const asked = runs.requests.length;
    const { code, stderr } = await runs.run("gone", { suite: "gone.yaml", more: ["--limit", "4"] });
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/correct judge: in the suite[\s\S]*judge-unreachable/),
    ]);
    expect(runs.requests).toHaveLength(asked);
  });

  it("leaves the answers scored where it fails later, and says so", async () => {
    let asked = 0;
    // Two cases of two prompts, each asked once before the questions.
    await using failing = await startScriptedEndpoint((request) =>
      ++asked > 4 ? { status: 401, body: "{}" } : judge(request),
    );
    const suite = JSON.parse(await readFile(join(folder, "suite.yaml"), "utf8"));
    const later = { ...suite.judge, endpoint: failing.url, prompts: ["./fit.md"] };
    await writeFile(join(folder, "later.yaml"), JSON.stringify({ ...suite, judge: later }));
    const { code, stderr } = await runs.run("later", { suite: "later.yaml", more: ["--limit", "4"] });
    expect([code, stderr]).toEqual([1, expect.stringContaining("judge-unreachable")]);
    expect(await readScores("later")).toHaveLength(samples);
  });

  it("is not asked for where the suite names none", async () => {
    const { judge: _, ...suite } = JSON.parse(await readFile(join(folder, "suite.yaml"), "utf8"));
    await writeFile(join(folder, "unjudged.yaml"), JSON.stringify(suite));
    expect((await runs.run("unjudged", { suite: "unjudged.yaml", more: ["--limit", "4"] })).code).toBe(0);
    const { code, stderr } = await runCli(["eval", "rescore", "unjudged", "--judge"], { cwd: folder });
    expect([code, stderr]).toEqual([2, expect.stringContaining("names no judge")]);
  });
});
