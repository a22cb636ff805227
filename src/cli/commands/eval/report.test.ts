import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeFolder, removeFolder, runCli } from "../../../../test/support/run-cli.ts";
import { writeDrawnRun } from "../../../../test/support/run-folder.ts";

let folder: string;
beforeAll(async () => {
  folder = await makeFolder("eval-report");
  await writeDrawnRun(join(folder, "run"), { samples: 40, conditions: ["zero-shot", "few-shot"] });
  await writeDrawnRun(join(folder, "second"), {
    samples: 40,
    conditions: ["zero-shot"],
    output: (_, __, label) => label,
  });
});
afterAll(() => removeFolder(folder));

const run = (...args: string[]) => runCli(["eval", ...args], { cwd: folder });

describe("eval report", () => {
  it.each([
    { format: "markdown", says: "| Model | Condition |" },
    { format: "csv", says: "data_set,model,condition" },
    { format: "latex", says: "\\toprule" },
    { format: "junit", says: "<testsuites" },
    { format: "json", says: '"version": 1' },
  ])("prints $format alone on the terminal", async ({ format, says }) => {
    const { code, stdout, stderr } = await run("report", "run", "--format", format);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(says);
  });

  it("writes to a file, and exits with 1 where a threshold is not reached", async () => {
    const args = ["report", "run", "--format", "junit", "--out", "report.xml", "--threshold"];
    expect((await run(...args, "accuracy=0.1")).code).toBe(0);
    const { code, stderr } = await run(...args, "accuracy=0.99");
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^drawn\.model\.zero-shot\S*: accuracy is 0\.\d{4}, below 0\.99\.$/m),
    ]);
    expect(await readFile(join(folder, "report.xml"), "utf8")).toContain("below 0.99");
  });

  it.each([
    { args: ["nowhere"], code: 1, says: "run-missing" },
    { args: ["run", "--format", "word"], code: 2, says: "Allowed choices" },
    { args: ["run", "--format", "csv", "--threshold", "accuracy"], code: 2, says: "A threshold is" },
    {
      args: ["run", "--format", "csv", "--threshold", "accuracry=1"],
      code: 2,
      says: "There is no metric accuracry",
    },
    { args: ["run", "--out", "run/run.json/page.html"], code: 1, says: "path-unwritable" },
  ])("ends with code $code for $args", async ({ args, code, says }) => {
    const result = await run("report", ...args);
    expect(result.code).toBe(code);
    expect(result.stderr).toContain(says);
  });
});

describe("eval compare", () => {
  it("shows what the second run gains, the sentence about zero, flips and arms that stand alone", async () => {
    const { code, stdout, stderr } = await run("compare", "run", "second", "--flips", "2");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/arm +difference +95 % interval +p \(Holm\) +tasks +gained +lost/);
    expect(stdout).toMatch(/The interval \w+cludes zero/);
    expect(stdout).toMatch(/gained +drawn-\d+/);
    expect(stdout).toContain("Not compared: drawn.model.few-shot");
  });

  it("writes the same in the forms of a report, to a file where one is named", async () => {
    const { stdout } = await run("compare", "run", "second", "--format", "markdown");
    expect(stdout).toContain("## second over run");
    const out = await run("compare", "run", "second", "--format", "csv", "--out", "pairs.csv");
    expect([out.code, out.stdout]).toEqual([0, ""]);
    expect(await readFile(join(folder, "pairs.csv"), "utf8")).toContain("data_set,arm,first,second");
    expect((await run("compare", "run", "second", "--format", "json")).code).toBe(2);
  });

  it("says where the runs asked other samples", async () => {
    await writeDrawnRun(join(folder, "fewer"), { samples: 31, conditions: ["zero-shot"] });
    const { stdout } = await run("compare", "run", "fewer");
    expect(stdout.replace(/\s+/g, " ")).toContain(
      "Note: drawn: the runs asked other samples, 40 in run and 31 in fewer; differences are on those that both asked.",
    );
    expect((await run("compare", "run", "second")).stdout).not.toContain("Note:");
  });

  it("prints one JSON document with every flip", async () => {
    const { stdout } = await run("compare", "run", "second", "--json");
    const { arms } = JSON.parse(stdout);
    expect(arms[0].flips).toHaveLength(arms[0].gain.gained + arms[0].gain.lost);
  });
});
