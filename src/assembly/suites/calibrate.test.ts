import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCalibration } from "#reasoning";
import { writeDrawnRun } from "../../../test/support/run-folder.ts";
import type { SampleRecord } from "../../evaluation/answers/answer.ts";
import type { RunSample } from "../../evaluation/runner/run-samples.ts";
import { calibrateArm } from "./calibrate.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-calibrate-"));
});
afterAll(() => rm(folder, { recursive: true }));

const measuredBy = "log-probabilities";
const of = (run: string, more: object = {}) =>
  calibrateArm({
    ...{ folder: join(folder, run), method: "temperature" as const, measuredBy },
    ...{ out: join(folder, "calibration.json"), ...more },
  });

async function readLines<Line>(file: string): Promise<Line[]> {
  const lines = (await readFile(file, "utf8")).trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Line);
}

describe("a calibration fitted on an arm", () => {
  it.each(["temperature", "isotonic"] as const)(
    "by %s is a file that ask reads, with errors on groups that it was not fitted on",
    async (method) => {
      await writeDrawnRun(join(folder, "run"), { samples: 400, conditions: ["zero-shot"] });
      const { calibration, before, after, difference, groups, file } = await of("run", { method });
      expect(await readCalibration(file)).toEqual(calibration);
      expect(calibration).toMatchObject({ version: 1, method, model: "none", measuredBy });
      expect(calibration.error).toEqual({ before: before.value, after: after.value });
      expect(calibration.fittedOn).toBeGreaterThan(300);
      expect(groups).toBeLessThanOrEqual(200);
      expect(difference.value).toBeCloseTo(after.value - before.value, 12);
      for (const { value, interval } of [before, after, difference]) {
        expect(value).toBeLessThan(1);
        expect(interval![0]).toBeLessThanOrEqual(interval![1]);
      }
      const text = await readFile(file, "utf8");
      await of("run", { method });
      expect(await readFile(file, "utf8")).toBe(text);
    },
  );

  it("is refused for fewer than 100 answers", async () => {
    await writeDrawnRun(join(folder, "few"), { samples: 60, conditions: ["zero-shot"] });
    await expect(of("few")).rejects.toMatchObject({
      code: "calibration-unfounded",
      message: expect.stringMatching(/it has 5\d answers .* 100 are needed/),
    });
  });

  it.each([
    ["of answers without probabilities", null, /it has 0 answers/],
    ["that is always right", 1, /all of its \d+ likeliest options are right/],
    ["that is always wrong", 0, /all of its \d+ likeliest options are wrong/],
  ])("is refused for an arm %s", async (name, right, said) => {
    const run = name.replaceAll(" ", "-");
    await writeDrawnRun(join(folder, run), { samples: 150, conditions: ["zero-shot"] });
    const golds = new Map<string, string>();
    for (const { id, gold } of await readLines<RunSample>(join(folder, run, "samples.jsonl")))
      if (gold.type === "option") golds.set(id, gold.label);
    const rewritten = (await readLines<SampleRecord>(join(folder, run, "log.jsonl"))).map((record) => {
      if (record.state === "failed") return record;
      const gold = golds.get(record.sample) ?? "";
      const said = right === 1 ? gold : gold === "A" ? "B" : "A";
      const probabilities = right === null ? null : { A: 0.1, B: 0.1, C: 0.1, [said]: 0.8 };
      return { ...record, answer: { ...record.answer, probabilities } };
    });
    await writeFile(
      join(folder, run, "log.jsonl"),
      rewritten.map((one) => `${JSON.stringify(one)}\n`).join(""),
    );
    await expect(of(run)).rejects.toMatchObject({
      code: "calibration-unfounded",
      message: expect.stringMatching(said),
    });
  });

  it("is refused where the arm, or how confidence was measured, is not clear", async () => {
    await writeDrawnRun(join(folder, "two"), { samples: 200, conditions: ["zero-shot", "other"] });
    await expect(of("two")).rejects.toThrow(/several arms/);
    await expect(of("two", { arm: "none" })).rejects.toMatchObject({ code: "usage-invalid" });
    const { arms } = JSON.parse(await readFile(join(folder, "two/run.json"), "utf8"));
    await expect(of("two", { arm: arms[1].id, measuredBy: undefined })).rejects.toThrow(/--measured-by/);
    await expect(of("two", { arm: arms[1].id })).resolves.toMatchObject({ arm: arms[1].id });
  });
});
