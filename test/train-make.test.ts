import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeFolder, removeFolder, runCli } from "./support/run-cli.ts";

let folder: string;
beforeAll(async () => {
  folder = await makeFolder("train-make");
  const reports = [
    {
      id: "a",
      findings: "The heart is large. The lungs are clear.",
      impression: "Big heart.",
      license: "CC BY-NC-ND 4.0",
    },
    { id: "b", findings: "The lungs are clear.", impression: "Normal." },
  ];
  await writeFile(join(folder, "reports.jsonl"), reports.map((row) => JSON.stringify(row)).join("\n"));
});
afterAll(() => removeFolder(folder));

describe("train make", () => {
  it("tells rows, what was kept apart and why, licenses and what to be careful with", async () => {
    const { code, stdout } = await runCli(
      ["train", "make", "reasoning", "reports.jsonl", "--quotes", "--out", "made"],
      {
        cwd: folder,
      },
    );
    expect(code).toBe(0);
    expect(stdout).toContain("made: 1 row of 2 items.");
    expect(stdout).toContain("too-few-steps 1");
    expect(stdout).toContain("License of 1 row: CC BY-NC-ND 4.0");
    expect(stdout).toContain("No evaluation set was named");
    expect(await readFile(join(folder, "made/reasoning.jsonl"), "utf8")).toContain(
      "Step 2: Assess the lungs",
    );
  });

  it("prints the manifest on request", async () => {
    const args = ["train", "make", "summarizer", "made", "--out", "summarizer", "--json"];
    const { code, stdout } = await runCli(args, { cwd: folder });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ kind: "summarizer", rows: { lines: 1 } });
  });

  it("says without a trace that a model or a file is missing, and where data of another kind lie", async () => {
    const cases = [
      [["reasoning", "reports.jsonl", "--out", "by-model"], "endpoint-missing", 2],
      [["reasoning", "none.jsonl", "--quotes", "--out", "none"], "path-missing", 1],
      [["reasoner", "made", "--out", "made"], "path-occupied", 1],
    ] as const;
    for (const [args, error, exit] of cases) {
      const { code, stderr } = await runCli(["train", "make", ...args], { cwd: folder });
      expect([code, stderr]).toEqual([exit, expect.stringContaining(error)]);
      expect(stderr).not.toContain("    at ");
    }
  });
});
