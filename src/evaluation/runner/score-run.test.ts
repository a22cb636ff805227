import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findProfile } from "../extraction/profiles/find-profile.ts";
import type { DataSet } from "../samples/sample.ts";
import { openRunLog } from "./run-log.ts";
import { writeRunSamples } from "./run-samples.ts";
import { scoreRun } from "./score-run.ts";
import { answered, failed, testSample } from "./test-records.ts";

const card = { title: "", license: "", source: "", splits: "", contamination: "" };
const arm = { id: "arm", hash: "0", dataSet: "set", model: "m", condition: "c", seed: 1 };
const task = (sample: string, repeat = 0) => ({ arm: "arm", sample, repeat });
const records = [
  answered(task("b"), "ANSWER: B"),
  answered(task("a"), "ANSWER: A"),
  failed(task("c")),
  answered(task("a", 1), "I wonder."),
  answered({ ...task("a"), arm: "of another suite" }),
  answered(task("no longer there")),
  answered(task("a", 2)),
];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-scores-"));
  const samples = ["a", "b", "c"].map(testSample);
  const set: DataSet = { ...{ name: "set", format: "f", card, samples }, refused: [], rows: 3, notes: [] };
  await writeRunSamples(folder, [set]);
});
afterEach(() => rm(folder, { recursive: true }));

async function score(order: readonly number[], options: { keepsOld?: boolean } = {}) {
  await rm(join(folder, "log.jsonl"), { force: true });
  await using log = await openRunLog(join(folder, "log.jsonl"));
  for (const place of order) await log.append(records[place]!);
  const profile = findProfile("medrounds");
  return scoreRun({ folder, arms: [arm], repeats: 2, profile, ...options });
}
const read = () => readFile(join(folder, "scores.jsonl"), "utf8");

describe("the scores of a run", () => {
  it("are of the suite's tasks alone, in the order of the data set, and say what was read", async () => {
    const [scored] = await score([0, 1, 2, 3, 4, 5, 6]);
    expect(scored?.tasks).toBe(6);
    expect(scored?.scored.map((one) => [one.sample, one.repeat, one.extraction?.state, one.correct])).toEqual(
      [
        ["a", 0, "parsed", 1],
        ["a", 1, "unparsed", 0],
        ["b", 0, "parsed", 0],
        ["c", 0, undefined, null],
      ],
    );
    const [line = ""] = (await read()).split("\n");
    expect(JSON.parse(line)).toMatchObject({ arm: "arm", sample: "a", repeat: 0, correct: 1 });
  });

  it("are by each data set's own sample, where two hold the same", async () => {
    const sets = ["set", "other"].map((name): DataSet => {
      const samples = [{ ...testSample("a"), tags: { task: name } }];
      return { ...{ name, format: "f", card, samples }, refused: [], rows: 1, notes: [] };
    });
    await writeRunSamples(folder, sets);
    {
      await using log = await openRunLog(join(folder, "log.jsonl"));
      await log.append(answered(task("a"), "ANSWER: A"));
      await log.append(answered({ ...task("a"), arm: "second" }, "ANSWER: A"));
    }
    const arms = [arm, { ...arm, id: "second", dataSet: "other" }];
    const scored = await scoreRun({ folder, arms, repeats: 1, profile: findProfile("medrounds") });
    expect(scored.map((one) => one.scored.map(({ tags }) => tags.task))).toEqual([["set"], ["other"]]);
  });

  it("are the same whatever the order of the log", async () => {
    await score([0, 1, 2, 3]);
    const before = await read();
    await score([3, 2, 1, 0]);
    expect(await read()).toBe(before);
  });

  it("of before stay where that is asked for", async () => {
    await score([0, 1]);
    const first = await read();
    await score([0, 1, 2], { keepsOld: true });
    await score([0], { keepsOld: true });
    expect((await readdir(folder)).filter((name) => name.startsWith("scores")).toSorted()).toEqual([
      "scores-1.jsonl",
      "scores-2.jsonl",
      "scores.jsonl",
    ]);
    expect(await readFile(join(folder, "scores-1.jsonl"), "utf8")).toBe(first);
  });
});
