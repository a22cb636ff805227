import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeFolder, removeFolder, runCli } from "./support/run-cli.ts";
import { type ChatRequest, type ScriptedReply, startScriptedEndpoint } from "./support/scripted-endpoint.ts";

let folder: string;
beforeAll(async () => {
  folder = await makeFolder("distill");
});
afterAll(() => removeFolder(folder));

const lines = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).join("\n");

function explanationIn(request: ChatRequest): string {
  return (JSON.parse(textOf(request)) as { explanation: string }).explanation;
}

function textOf({ messages }: ChatRequest): string {
  const content = messages[1]?.content ?? "";
  return typeof content === "string"
    ? content
    : content.map((part) => (part.type === "text" ? part.text : "")).join("");
}

function reply(request: ChatRequest): ScriptedReply {
  return {
    text: JSON.stringify({ symptoms_and_signs: [explanationIn(request)] }),
    usage: { inputTokens: 50, outputTokens: 10 },
  };
}

describe("library distill", () => {
  it("goes on after kill -9 and asks for nothing twice but what was in flight", async () => {
    const rows = Array.from({ length: 30 }, (_, number) => ({
      id: `r${number}`,
      exp: `Sign number ${number} is a sign of fever of kind ${number}.`,
    }));
    await writeFile(join(folder, "rows.jsonl"), lines(rows));
    await using endpoint = await startScriptedEndpoint((request) => ({
      ...reply(request),
      delayMilliseconds: 60,
    }));
    const args = [
      "library",
      "distill",
      "rows.jsonl",
      "--out",
      "killed.jsonl",
      "--concurrency",
      "2",
      "--json",
    ];
    const options = { cwd: folder, env: { MEDROUNDS_ENDPOINT: endpoint.url, MEDROUNDS_MODEL: "scripted" } };
    const inFlight = 2;
    let kills = 0;
    for (const after of [900, 1_100, 1_300]) {
      const { code } = await runCli([...args], { ...options, kill: { signal: "SIGKILL", after } });
      if (code !== 0) kills++;
    }
    const { code, stdout } = await runCli(args, options);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ failed: [], sentences: { kept: 30, duplicates: 0 } });
    const asked = endpoint.requests.map(explanationIn);
    expect(new Set(asked).size).toBe(30);
    expect(asked.length).toBeLessThanOrEqual(30 + kills * inFlight);
    const text = await readFile(join(folder, "killed.jsonl"), "utf8");
    for (const { exp } of rows) expect(text).toContain(exp);
  });

  it("says in words what it did, what it left out, and what failed", async () => {
    await writeFile(
      join(folder, "few.jsonl"),
      [
        JSON.stringify({ id: "1", exp: "Koplik spots precede the rash of measles." }),
        JSON.stringify({ id: "2", exp: "It is seen in children." }),
        JSON.stringify({ id: "3", exp: "Silence." }),
        "nonsense",
      ].join("\n"),
    );
    await writeFile(
      join(folder, "exam.jsonl"),
      lines([{ id: "e", question: "What are the spots that precede the rash of measles?" }]),
    );
    await using endpoint = await startScriptedEndpoint((request) =>
      explanationIn(request) === "Silence." ? { text: "\u001b[31mno" } : reply(request),
    );
    const { code, stdout } = await runCli(
      [
        "library",
        "distill",
        "few.jsonl",
        "--out",
        "few-kb.jsonl",
        "--test-set",
        "exam.jsonl",
        "--endpoint",
        endpoint.url,
        "--model",
        "scripted",
      ],
      { cwd: folder },
    );
    expect(code).toBe(0);
    expect(stdout).toContain("few-kb.jsonl: 1 row of 1 sentence, by scripted");
    expect(stdout).toContain("Sentences left out: not-stand-alone 1.");
    expect(stdout).toMatch(/Tokens: 100 in and 20 out in 4\s+requests/);
    expect(stdout).toMatch(/exam +1 +0 +0 +0\.00 %/);
    expect(stdout).toContain("Refused: 1; failed: 1");
    expect(stdout).toMatch(/few\.jsonl:3: The model[^(]+\(reply-invalid\)/);
    expect(stdout).not.toContain("\u001b");
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it("needs a model, and an output that is its own", async () => {
    const run = (...args: string[]) => runCli(["library", "distill", "few.jsonl", ...args], { cwd: folder });
    expect(await run("--out", "x.jsonl")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("endpoint-missing"),
    });
    expect(await run()).toMatchObject({ code: 2 });
    expect(await run("--out", "x.jsonl", "--max-overlap", "2")).toMatchObject({ code: 2 });
    expect(existsSync(join(folder, "x.jsonl"))).toBe(false);
  });
});
