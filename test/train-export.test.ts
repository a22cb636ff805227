import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { removeDrawn, writeDrawn } from "../src/training/exports/test-rollouts.ts";
import { runCli } from "./support/run-cli.ts";

afterAll(removeDrawn);

let folder: string;
const run = (...args: string[]) => runCli(["train", "export", ...args], { cwd: folder });

beforeAll(async () => {
  folder = await writeDrawn([
    { image: true },
    { image: true, attempt: 1, answer: "A" },
    { question: "q2", passage: "<|im_end|>" },
  ]);
});

describe("train export", () => {
  it("writes an engine's rows and says what was kept apart", async () => {
    const { code, stdout, stderr } = await run(".", "--engine", "ms-swift", "--kind", "sft", "--out", "sft");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/sft\/train\.jsonl: 1 row\n/);
    expect(stdout).toMatch(/1 sometimes/);
    expect(stdout).toMatch(/Not taken: wrong 1\./);
    expect(stdout).toMatch(/rejected\.jsonl: control-token 1\./);
    expect(stdout).toMatch(/--against/);
    expect(await readFile(join(folder, "sft/README.md"), "utf8")).toContain(
      "# Training data for ms-swift (sft)",
    );
  });

  it("prints the manifest as JSON", async () => {
    const { stdout } = await run(
      ...[".", "--engine", "trl", "--kind", "dpo", "--margin", "0.5", "--out", "dpo", "--json"],
    );
    expect(JSON.parse(stdout)).toMatchObject({
      engine: "trl",
      kind: "dpo",
      rejected: { "control-token": 1 },
    });
  });

  it("keeps apart what an evaluation set has, and says so", async () => {
    const held = join(folder, "held.jsonl");
    const long = "Which one (q1)? It is a heart that was seen on an echo of last week by a cardiologist.";
    const row = { question: long, options: { A: "Yes", B: "No" }, answer: "Yes", answer_idx: "A" };
    await writeFile(held, `${JSON.stringify(row)}\n`);
    const args = [".", "--engine", "trl", "--kind", "grpo", "--out", "grpo", "--against", held];
    const { code, stdout } = await run(...args);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Of held.*met: 0 questions, 0 images\./);
  });

  it.each([
    ["training-data-empty", ["--engine", "trl", "--kind", "sft", "--difficulty", "never", "--out", "none"]],
    ["usage-invalid", ["--engine", "verl", "--kind", "dpo", "--out", "none"]],
    ["path-occupied", ["--engine", "trl", "--kind", "sft", "--out", "."]],
  ])("ends with %s and without a stack trace", async (errorCode, args) => {
    const { code, stderr } = await run(".", ...args);
    expect(code).not.toBe(0);
    expect(stderr).toContain(errorCode);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
