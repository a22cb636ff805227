import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../src/contracts/index.ts";
import type { Exchange, ScriptReply } from "../src/mock-model/index.ts";
import { makeFolder, removeFolder, runCli } from "./support/run-cli.ts";
import { openSuiteRuns, type SuiteRuns } from "./support/suite-runs.ts";

const cases = 120;
const options = { A: "Edema", B: "Mass" };
const question = (number: number) => `Which finding does report ${number} tell?`;

/** Says that it is 0.9 sure, and is right in six cases of ten. */
function reply({ conversation }: Exchange): ScriptReply {
  const asked = conversation.messages.map(({ text }) => /report (\d+) tell/.exec(text)?.[1]);
  const number = Number(asked.findLast((one) => one !== undefined) ?? 0);
  return { text: (3 * number) % 10 < 6 ? "A" : "B", confidence: 0.9 };
}

let folder: string;
let runs: SuiteRuns;
beforeAll(async () => {
  folder = await makeFolder("eval-calibrate");
  const rows = Array.from({ length: cases }, (_, number) => ({
    ...{ id: `report-${number}`, question: question(number), options, answer: "A" },
    patient_id: `patient-${Math.floor(number / 4)}`,
  }));
  await writeFile(join(folder, "reports.jsonl"), rows.map((row) => JSON.stringify(row)).join("\n"));
  const dataSets = [{ path: "reports.jsonl", format: "manifest" }];
  const conditions = [{ type: "zero-shot" }];
  runs = await openSuiteRuns(folder, { script: reply, suite: { dataSets, conditions, seeds: [1] } });
  expect((await runs.run("told")).code).toBe(0);
});
afterAll(async () => {
  await runs[Symbol.asyncDispose]();
  await removeFolder(folder);
});

const calibrate = (run: string, ...more: string[]) =>
  runCli(["eval", "calibrate", run, ...more], { cwd: folder });

/** The suite with something else about its model, in a file of its own. */
async function suiteWith(name: string, model: Record<string, unknown>): Promise<string> {
  const suite = JSON.parse(await readFile(join(folder, "suite.yaml"), "utf8"));
  await writeFile(
    join(folder, name),
    JSON.stringify({ ...suite, models: [{ ...suite.models[0], ...model }] }),
  );
  return name;
}

async function figures(run: string): Promise<Record<string, number | null>> {
  const { stdout } = await runCli(["eval", "report", run, "--format", "json"], { cwd: folder });
  const [arm] = (JSON.parse(stdout) as Report).arms;
  return Object.fromEntries(arm!.figures.map(({ metric, value }) => [metric, value]));
}

describe("eval calibrate", () => {
  it.each([["temperature"], ["isotonic"]])(
    "fits a model that is too sure by %s, and a suite that names the file has confidence as it is right",
    async (method) => {
      const { code, stdout } = await calibrate(
        "told",
        "--method",
        method,
        "--out",
        `${method}.json`,
        "--json",
      );
      const { calibration, before, after, difference, groups } = JSON.parse(stdout);
      expect([code, calibration.measuredBy, calibration.fittedOn, groups]).toEqual([
        0,
        "log-probabilities",
        cases,
        30,
      ]);
      expect(before.value).toBeCloseTo(0.3, 2);
      expect(after.value).toBeLessThan(0.1);
      expect(difference.interval[1]).toBeLessThan(0);
      expect(JSON.parse(await readFile(join(folder, `${method}.json`), "utf8"))).toEqual(calibration);

      const suite = await suiteWith(`${method}.yaml`, { calibration: `${method}.json` });
      expect((await runs.run(method, { suite })).code).toBe(0);
      const [told, corrected] = [await figures("told"), await figures(method)];
      expect([told.accuracy, corrected.accuracy]).toEqual([0.6, 0.6]);
      expect(told["mean-confidence"]).toBeCloseTo(0.9, 2);
      expect(corrected["mean-confidence"]).toBeCloseTo(0.6, 2);
      expect(corrected["calibration-error"]).toBeLessThan(0.02);
      const again = await calibrate(method, "--out", "twice.json");
      expect([again.code, again.stderr]).toEqual([
        2,
        expect.stringMatching(/corrected by a calibration already/),
      ]);
    },
  );

  it("tells its errors on patients that it was not fitted on, with intervals", async () => {
    const { stdout } = await calibrate("told", "--out", "shown.json");
    expect(stdout.replace(/\s+/g, " ")).toMatch(
      /temperature, for mock by log-probabilities, fitted on 120 answers of 30 groups/,
    );
    expect(stdout).toMatch(/before +0\.30\d\d +\S+/);
    expect(stdout).toMatch(/difference +[−-]0\.\d+/);
  });

  it("writes a file that ask corrects confidence by, of the same model alone", async () => {
    expect((await calibrate("told", "--out", "asked.json")).code).toBe(0);
    const { models } = JSON.parse(await readFile(join(folder, "suite.yaml"), "utf8"));
    const ask = (...more: string[]) =>
      runCli(
        [
          ...["ask", question(0), "--library", "library", "--endpoint", models[0].endpoint, "--json"],
          ...["--policy", "tools", "--option", "A=Edema", "--option", "B=Mass", ...more],
        ],
        { cwd: folder },
      );
    const plain = JSON.parse((await ask("--model", "mock")).stdout);
    expect(plain.confidence).toBeCloseTo(0.9, 2);
    const corrected = JSON.parse((await ask("--model", "mock", "--calibration", "asked.json")).stdout);
    expect(corrected).toMatchObject({ choice: "A", confidence: expect.closeTo(0.6, 1) });
  });

  it("fits no other model: the suite is refused before anything is asked", async () => {
    const calibration = JSON.parse(
      (await calibrate("told", "--out", "own.json", "--json")).stdout,
    ).calibration;
    await writeFile(join(folder, "other.json"), JSON.stringify({ ...calibration, model: "another" }));
    const asked = runs.requests.length;
    const suite = await suiteWith("other.yaml", { calibration: "other.json" });
    const { code, stdout, stderr } = await runs.run("other", { suite });
    expect([code, JSON.parse(stdout).error.code]).toEqual([1, "calibration-mismatch"]);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(runs.requests.length).toBe(asked);
  });

  it("is refused where nothing can be fitted, without a stack trace", async () => {
    const suite = await suiteWith("silent.yaml", { logprobs: false });
    expect((await runs.run("silent", { suite })).code).toBe(0);
    const { code, stdout, stderr } = await calibrate("silent", "--out", "none.json", "--json");
    expect([code, JSON.parse(stdout).error]).toMatchObject([
      1,
      { code: "calibration-unfounded", facts: { answers: 0 } },
    ]);
    expect(stderr).not.toMatch(/^ +at /m);
    await expect(readFile(join(folder, "none.json"))).rejects.toThrow("ENOENT");
  });
});
