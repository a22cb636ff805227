import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drawnCases, writeDrawnCases } from "../../../../test/support/drawn-cases.ts";
import { makeFolder, removeFolder, runCli } from "../../../../test/support/run-cli.ts";

let folder: string;
beforeAll(async () => {
  folder = await makeFolder("eval-cases");
  const rows = drawnCases(20);
  const manifest = await writeDrawnCases(join(folder, "drawn"), rows);
  const lost = { id: "lost", file: "lost.png", labels: ["dots"] };
  await writeFile(manifest, [...rows, lost].map((row) => JSON.stringify(row)).join("\n"));
});
afterAll(() => removeFolder(folder));

const run = (...args: string[]) =>
  runCli(["eval", "cases", "--manifest", "drawn/manifest.jsonl", "--splits", "3", ...args], { cwd: folder });

describe("eval cases", () => {
  it("shows the set, each figure with interval and baselines, votes by class, parts and times", async () => {
    const { code, stdout, stderr } = await run("--within", "view", "--k", "1,5");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("drawn: 40 images in 20 groups; 3 search sets with 10 queries over 30 cases.");
    expect(stdout).toContain("Note: 1 row refused:\n- Line 41: There is no file or folder lost.png.\n");
    expect(stdout).toMatch(/built-in +mean +95 % interval +random +majority +images +groups/);
    expect(stdout).toMatch(/P@5 +[01]\.\d{4} +[01]\.\d{4} to [01]\.\d{4} +0\.\d{4} +– +\d+ +\d+/);
    expect(stdout).toMatch(/balanced accuracy@5 +[01]\.\d{4} +.+ +0\.5000 +\d+ +\d+/);
    expect(stdout).toMatch(/vote of 5 +queries +recall +precision +as 1 +as 2/);
    expect(stdout).toMatch(/within +AP, \d+ images +PA, \d+ images/);
    expect(stdout).toMatch(/A search: median \d+\.\d ms/);
    expect(stdout).toMatch(/Reading and describing an image: median \d+\.\d ms/);
  });

  it("prints one JSON document with --json, with every query", async () => {
    const { code, stdout, stderr } = await run("--positive", "fifth", "--seed", "7", "--json");
    expect([code, stderr]).toEqual([0, ""]);
    const printed = JSON.parse(stdout) as { runs: { queries: object[] }[] };
    expect(printed).toMatchObject({
      set: { name: "drawn", images: 40, refused: [{ line: 41, code: "path-missing" }] },
      splits: [{ queries: 10, library: 30 }, {}, {}],
      runs: [{ retriever: "built-in" }],
    });
    expect(printed.runs[0]?.queries).toHaveLength(30);
  });

  it.each([
    { args: ["--positive", "Mass"], code: 2, says: "No case has the label Mass" },
    { args: ["--positive", "fifth", "--task", "view"], code: 2, says: "do not go together" },
    { args: ["--library", "x"], code: 2, says: "--splits does not go with --library" },
    { args: ["--k", "0"], code: 2, says: "whole numbers from 1 to 1000" },
    { args: ["--group", "study"], code: 2, says: "patient, slide, id" },
    { args: ["--group", "id"], code: 1, says: "split-leaking" },
  ])("ends with code $code for $args", async ({ args, code, says }) => {
    const result = await run(...args);
    expect(result.stderr).toContain(says);
    expect(result.code).toBe(code);
  });
});
