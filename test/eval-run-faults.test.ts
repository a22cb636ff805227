import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Report } from "../src/contracts/index.ts";
import type { SampleRecord } from "../src/evaluation/answers/answer.ts";
import { readScript, startMockModel } from "../src/mock-model/index.ts";
import { until } from "./support/http-server.ts";
import { makeFolder, removeFolder, runCli } from "./support/run-cli.ts";
import { openSuiteRuns, type SuiteRuns } from "./support/suite-runs.ts";

const samples = 40;
const answer = '{ json: { step_by_step_thinking: "Lines.", answer_choice: "A" } }';

let folder: string;
let runs: SuiteRuns;
beforeEach(async () => {
  folder = await makeFolder("eval-faults");
});
afterEach(async () => {
  await runs[Symbol.asyncDispose]();
  await removeFolder(folder);
});

async function open(script: string, suite: Record<string, unknown> = {}): Promise<SuiteRuns> {
  const file = join(folder, "script.yaml");
  await writeFile(file, script);
  runs = await openSuiteRuns(folder, { script: await readScript(file), suite: { seeds: [1], ...suite } });
  return runs;
}

async function readLog(): Promise<SampleRecord[]> {
  const lines = (await readFile(join(folder, "run/log.jsonl"), "utf8")).trim().split("\n");
  return lines.map((line) => JSON.parse(line) as SampleRecord);
}

describe("a suite's run over a server with faults", () => {
  it("asks on through a storm of refusals for too many requests, with fewer at once", async () => {
    const { run, requests } = await open(`rules:
  - { times: 2, reply: { fault: "rate-limited:1" } }
  - { times: 12, reply: { fault: rate-limited } }
  - { reply: ${answer} }
`);
    const { code, stdout } = await run("run");
    expect([code, JSON.parse(stdout).progress]).toMatchObject([0, { answered: samples, failed: 0 }]);
    const refused = requests.filter(({ status }) => status === 429).length;
    expect(refused).toBe(14);
    const { endpoints } = JSON.parse(await readFile(join(folder, "run/run.json"), "utf8"));
    const sizes = endpoints[0].changes.map(({ allowed }: { allowed: number }) => allowed);
    expect(Math.min(...sizes)).toBeLessThan(sizes[0]);
  });

  it("keeps each failure, asks again what failed, and tells what failed for good", async () => {
    const { run } = await open(
      `seed: 5
faults:
  - { fault: content-filter, share: 0.3 }
rules:
  - { reply: ${answer} }
`,
      { limits: { concurrency: 8, retries: 1 } },
    );
    const { code, stdout } = await run("run");
    const { progress, failures: told } = JSON.parse(stdout);
    expect([code, progress.answered + progress.failed]).toEqual([1, samples]);
    expect(progress.failed).toBeGreaterThan(0);
    expect(told).toMatchObject([{ failure: { code: "model-refused" }, samples: progress.failed }]);
    const log = await readLog();
    const failures = log.filter(({ state }) => state === "failed");
    expect(failures.length).toBeGreaterThan(progress.failed);
    expect(new Set(failures.map((record) => record.state === "failed" && record.failure.code))).toEqual(
      new Set(["model-refused"]),
    );
    const second = await run("run", { more: ["--max-failures", "40"] });
    expect(second.code).toBe(0);
    const last = JSON.parse(second.stdout).progress;
    expect(last.answered).toBeGreaterThan(progress.answered);
    expect(last.answeredNow).toBe(last.answered - progress.answered);
    const healed = (await readLog()).slice(log.length).find(({ state }) => state === "answered");
    expect(healed?.attempts.length).toBeGreaterThanOrEqual(2);
  });

  it("stops asking a server that refuses the key, and says why", async () => {
    const { run, requests } = await open("rules: [{ reply: { fault: unauthorized } }]", {
      limits: { concurrency: 2 },
    });
    const { code, stdout } = await run("run");
    const { stopped, progress } = JSON.parse(stdout);
    expect([code, progress.answered]).toEqual([1, 0]);
    expect(stopped).toMatchObject([{ failure: { code: "endpoint-refused" } }]);
    expect(requests.length).toBeLessThan(samples);
  });

  it("takes no reply that stops midway for an answer, and tells each failure where it was healed", async () => {
    const faults = ["cut-midway", "reset-midway", "error-midway", "half-json", "stall-midway"];
    const { run } = await open(
      `rules:
${faults.map((fault) => `  - { times: 2, reply: { fault: ${fault} } }`).join("\n")}
  - { reply: ${answer} }
`,
      { limits: { concurrency: 4, retries: 3, seconds: 4 } },
    );
    const { code, stdout } = await run("run");
    expect([code, JSON.parse(stdout).progress]).toMatchObject([0, { answered: samples, failed: 0 }]);
    const log = await readLog();
    const failures = log.flatMap((record) => (record.state === "failed" ? [record.failure.code] : []));
    // The other replies are asked for once more at once; one that stalls uses up the answer's time.
    expect(failures.length).toBeGreaterThanOrEqual(2);
    expect(new Set(failures)).toEqual(new Set(["time-exceeded"]));
    const healed = log.flatMap((record) => (record.state === "answered" ? record.attempts : []));
    expect(healed.map(({ code }) => code)).toEqual(failures);
    for (const record of log) if (record.state === "answered") expect(record.answer.output).toBe("A. dots");
  });

  // Each request waits before it is given up, and a dozen must be in a row.
  it("stops where the server dies, tells so in the report, and goes on where it is back", async () => {
    const script = `rules: [{ reply: ${answer} }]`;
    const { run } = await open(script, { limits: { concurrency: 2 } });
    const { models } = JSON.parse(await readFile(join(folder, "suite.yaml"), "utf8"));
    const running = run("run");
    await until(async () => (await readLog().catch(() => [])).length >= 3);
    await runs[Symbol.asyncDispose]();
    const first = await running;
    const { stopped, progress } = JSON.parse(first.stdout);
    expect(first.code).toBe(1);
    expect(stopped).toMatchObject([{ failure: { code: "endpoint-unreachable" } }]);
    expect(progress.answered).toBeGreaterThanOrEqual(3);
    const counts = await readCounts();
    expect(counts).toMatchObject({ tasks: samples, abstained: 0, unparsed: 0 });
    expect(counts.failed).toBeGreaterThan(0);
    expect(counts.failed + counts.missing).toBe(samples - progress.answered);

    const port = Number(new URL(models[0].endpoint).port);
    await using _back = await startMockModel({ port, script: await readScript(join(folder, "script.yaml")) });
    const second = await run("run");
    expect([second.code, JSON.parse(second.stdout).progress]).toMatchObject([
      0,
      { answered: samples, answeredNow: samples - progress.answered },
    ]);
    expect(await readCounts()).toMatchObject({ tasks: samples, failed: 0, missing: 0 });
    const healed = (await readLog()).filter(
      ({ state, attempts }) => state === "answered" && attempts.length > 0,
    );
    expect(healed).toHaveLength(counts.failed);
  }, 90_000);
});

/** What the report says became of the run's only arm that asks a model. */
async function readCounts() {
  const { stdout } = await runCli(["eval", "report", "run", "--format", "json"], { cwd: folder });
  return (JSON.parse(stdout) as Report).arms.find(({ isBaseline }) => !isBaseline)!.counts;
}
