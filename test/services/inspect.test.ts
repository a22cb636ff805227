import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { readScript } from "../../src/mock-model/index.ts";
import { makeFolder, removeFolder, runCli } from "../support/run-cli.ts";
import { writeDrawnRun } from "../support/run-folder.ts";
import { openSuiteRuns } from "../support/suite-runs.ts";

const programs = inject("pythonPrograms");

type ReadSample = {
  id: string;
  epoch: number;
  target: string;
  choices: string[];
  completion: string | null;
  roles: string[];
  text: string;
  images: string[];
  score: { value: string; answer: string | null; explanation: string } | null;
  error: string | null;
};
type ReadLog = {
  version: number;
  status: string;
  model: string;
  samples: number;
  summaries: number;
  rows: number;
  total: number;
  completed: number;
  metrics: Record<string, number>;
  meanOfScores: number;
  inputTokens: number;
  first: ReadSample[];
};

/** What Inspect makes of a log. */
function readWithInspect(file: string): ReadLog {
  const script = join(import.meta.dirname, "read-inspect-log.py");
  const printed = execFileSync(join(programs ?? "", "python"), [script, file], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(printed.trim().split("\n").at(-1) ?? "") as ReadLog;
}

let folder: string;
beforeAll(async () => {
  folder = await makeFolder("inspect");
});
afterAll(() => removeFolder(folder));

describe.skipIf(programs === null)("a run that is exported to Inspect's log", () => {
  it.each(["json", "eval"])(
    "has the same samples, scores and accuracy there as .%s, and failures are errors",
    async (ending) => {
      const run = join(folder, `drawn-${ending}`);
      const { arms } = await writeDrawnRun(run, {
        samples: 400,
        conditions: ["zero-shot"],
        // A cut answer may end with half of a surrogate pair.
        question: (number) => `Film ${number} <b>\u0000 \ud83d`,
      });
      // Inspect finds logs by names that begin with a time.
      const out = join(folder, `2026-01-01T00-00-00_drawn.${ending}`);
      const args = ["eval", "export", run, "--format", "inspect", "--out", out, "--json"];
      const { code, stdout } = await runCli(args, { cwd: folder });
      expect([code, JSON.parse(stdout).files]).toEqual([0, [{ arm: arms[0]!.id, file: out, tasks: 400 }]]);
      const log = readWithInspect(out);
      const scores = (await readFile(join(run, "scores.jsonl"), "utf8"))
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as { sample: string; correct: number | null; extraction: unknown });
      const counted = scores.flatMap(({ correct }) => correct ?? []);
      const accuracy = counted.reduce((sum, one) => sum + one, 0) / counted.length;
      expect(log).toMatchObject({ version: 2, status: "success", model: "none", samples: 400 });
      expect(log).toMatchObject({ summaries: 400, rows: 400, total: 400, completed: counted.length });
      expect(log.inputTokens).toBe(120 * counted.length);
      expect(log.metrics.accuracy).toBeCloseTo(accuracy, 12);
      expect(log.meanOfScores).toBeCloseTo(accuracy, 12);
      const byId = new Map(log.first.map((sample) => [sample.id, sample]));
      for (const { sample, correct, extraction } of scores) {
        const read = byId.get(sample);
        const state = (extraction as { state: string } | null)?.state;
        const value = state === "parsed" ? (correct === 1 ? "C" : "I") : "N";
        expect(read?.score?.value).toBe(correct === null ? undefined : value);
        if (correct === null) expect(read?.error).toContain("endpoint-busy");
      }
      expect(log.first.some(({ score }) => score?.explanation.includes("rung tolerant"))).toBe(true);
    },
  );

  it("holds what was asked and said, with the images as data", async () => {
    const reply = "{ step_by_step_thinking: Lines., answer_choice: A }";
    const file = join(folder, "script.yaml");
    await writeFile(file, `rules:\n  - reply: { json: ${reply} }\n`);
    await using runs = await openSuiteRuns(folder, {
      script: await readScript(file),
      suite: { seeds: [1, 2], dataSets: [{ path: "data/manifest.jsonl", limit: 6 }] },
    });
    expect((await runs.run("run")).code).toBe(0);
    const out = join(folder, "asked.json");
    const exported = await runCli(["eval", "export", "run", "--format", "inspect", "--out", out, "--json"], {
      cwd: folder,
    });
    const { files, imagesMissing } = JSON.parse(exported.stdout);
    expect([exported.code, files.length, imagesMissing]).toEqual([0, 2, null]);
    const { first, samples, completed } = readWithInspect(files[0].file);
    expect([samples, completed]).toEqual([6, 6]);
    for (const { roles, images, completion, text } of first) {
      expect(roles[0]).toBe("user");
      expect(roles).toContain("assistant");
      expect(images).toEqual(["data:image/png;base64,"]);
      expect(completion).not.toBe("");
      expect(text).toMatch(/\nA\. /);
    }
  });
});
