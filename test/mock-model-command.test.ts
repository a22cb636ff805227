import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Round, roundSchema } from "../src/contracts/index.ts";
import { makeCliLibrary } from "./support/cli-library.ts";
import { makeFolder, projectRoot, removeFolder, runCli } from "./support/run-cli.ts";

let folder: string;
beforeAll(async () => {
  folder = await makeFolder("mock-model");
  await makeCliLibrary(folder);
});
afterAll(() => removeFolder(folder));

/** The command in a process of its own, once it has told its address. */
async function startCommand(...args: string[]) {
  const main = join(projectRoot, "src/cli/main.ts");
  const child = spawn(process.execPath, ["--conditions=medrounds-source", main, "mock-model", ...args], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let told = "";
  child.stdout.setEncoding("utf8");
  const url = await new Promise<string>((resolve, reject) => {
    child.once("close", () => reject(new Error(`The command ended: ${told}`)));
    child.stdout.on("data", (text: string) => {
      told += text;
      const [, found] = /(http:\S+)\/v1 --model mock\n.+--model mock\n/.exec(told) ?? [];
      if (found) resolve(found);
    });
  });
  return { url, told: () => told, end: (signal: NodeJS.Signals) => end(child, signal) };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const closed = once(child, "close");
  child.kill(signal);
  const [code] = (await closed) as [number | null];
  return code;
}

describe("medrounds mock-model", () => {
  it("says where it is, that it is no model and how to use it, and ends at Ctrl-C with 0", async () => {
    const { told, end, url } = await startCommand();
    expect(told()).toMatch(/^The mock model is at http:\/\/127\.0\.0\.1:\d+\n/);
    expect(told().replace(/\s+/g, " ")).toContain("A scripted stand-in for a chat model");
    expect(told()).toContain(
      `medrounds ask "Is there a pleural effusion?" --endpoint ${url}/v1 --model mock`,
    );
    expect(await end("SIGINT")).toBe(0);
  });

  it.each(["tags", "tools"])(
    "lets a whole round be asked by %s, which looks up twice and takes the first option",
    async (policy) => {
      const { url, end } = await startCommand("--dialect", "vllm", "--log", "requests.jsonl");
      const asked = [
        "Is there an effusion?",
        "--image",
        "files/0.png",
        "--option",
        "A=Effusion",
        "--option",
        "B=Mass",
      ];
      const { code, stdout, stderr } = await runCli(
        ["ask", ...asked, "--policy", policy, "--endpoint", `${url}/v1`, "--model", "mock", "--json"],
        { cwd: folder },
      );
      expect([code, stderr]).toEqual([0, expect.any(String)]);
      const round: Round = roundSchema.parse(JSON.parse(stdout));
      expect(round).toMatchObject({ outcome: "answered", choice: "A" });
      expect(round.answer).toContain("scripted reply of the mock model");
      expect(round.citations.map(({ evidence }) => evidence)).toEqual([1]);
      expect(new Set(round.evidence.map(({ type }) => type))).toEqual(new Set(["passage", "case"]));
      expect(await end("SIGINT")).toBe(0);
      const log = await readFile(join(folder, "requests.jsonl"), "utf8");
      const entries = log
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as { rule: string; images: object[] });
      const rules = entries
        .map(({ rule }) => rule)
        .filter((rule) => rule?.startsWith(policy) || rule === "answer");
      expect(rules.slice(-3)).toEqual([
        `${policy}: look up passages`,
        `${policy}: look up similar cases`,
        policy === "tags" ? "tags: answer" : "answer",
      ]);
      expect(log).not.toContain("effusion?");
    },
  );

  it("refuses a script that is wrong, a port in use, and a log that can't be written, without a trace", async () => {
    const { url, end } = await startCommand();
    const failures = await Promise.all([
      runCli(["mock-model", "--script", "files/manifest.jsonl"], { cwd: folder }),
      runCli(["mock-model", "--port", new URL(url).port], { cwd: folder }),
      runCli(["mock-model", "--log", "none/requests.jsonl"], { cwd: folder }),
      runCli(["mock-model", "--dialect", "martian"], { cwd: folder }),
    ]);
    expect(failures.map(({ stderr }) => /\(([a-z-]+)\)\n$/.exec(stderr)?.[1])).toEqual([
      "script-invalid",
      "address-in-use",
      "path-missing",
      "usage-invalid",
    ]);
    for (const { code, stderr } of failures) {
      expect(code).toBeGreaterThan(0);
      expect(stderr).not.toContain("    at ");
    }
    await end("SIGTERM");
  });
});
