import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type LaunchEvent, launchTraining } from "../src/assembly/index.ts";
import { makeFolder, projectRoot, removeFolder, runCli } from "./support/run-cli.ts";

let folder: string;
beforeEach(async () => {
  folder = await makeFolder("launch");
});
afterEach(() => removeFolder(folder));

/** A trainer that tells a metric, writes a checkpoint a step, and goes on from the one that it is given. */
const trainer = `
import { mkdirSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
const [steps, behavior, , resumed] = process.argv.slice(2);
process.on("SIGTERM", () => { console.log("stopped well"); process.exit(0); });
let step = resumed === undefined ? 0 : Number(resumed.split("-").at(-1));
writeFileSync("began.txt", String(step), { flag: "a" });
if (behavior === "long") console.log("x".repeat(200_000));
while (step < Number(steps)) {
  step++;
  mkdirSync("output/checkpoint-" + step, { recursive: true });
  console.log("{'loss': " + (behavior === "nan" ? "nan" : 1 / step) + ", 'reward': 0.5, 'step': " + step + "}");
  if (behavior === "dies" && step === 2) { console.error("CUDA out of memory"); process.exit(3); }
  writeFileSync("output/checkpoint-" + step + "/whole.txt", "");
  if (behavior === "waits") await pause(100);
}
`;
/** A service with a health that finds nothing; it writes when it ends. */
const service = `
import { appendFileSync } from "node:fs";
import { createServer } from "node:http";
const [port, behavior] = process.argv.slice(2);
if (behavior === "broken") { console.error("the library is missing"); process.exit(1); }
process.on("SIGTERM", () => { appendFileSync("services.txt", "ended "); process.exit(0); });
appendFileSync("services.txt", "began ");
const emptyResults = { share: 0.8, queries: 200, alarm: behavior === "empty", threshold: 0.5 };
createServer((request, response) => {
  if (request.url === "/die") process.exit(9);
  response.end(JSON.stringify({ emptyResults }));
}).listen(Number(port), "127.0.0.1");
`;

async function freePort(): Promise<number> {
  const { createServer } = await import("node:net");
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

async function writeRun(options: {
  behavior?: string;
  steps?: number;
  service?: string;
  engine?: object;
  stages?: readonly object[];
}): Promise<number> {
  const { behavior = "well", steps = 3 } = options;
  await writeFile(join(folder, "trainer.mjs"), trainer);
  await writeFile(join(folder, "service.mjs"), service);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const stage = {
    name: "only",
    command: [process.execPath, "trainer.mjs", String(steps), behavior],
    environment: {},
    checkpoints: {
      folder: "output",
      prefix: "checkpoint-",
      mark: "whole.txt",
      resume: ["--resume", "{checkpoint}"],
    },
    result: "{checkpoint}",
  };
  const plan = {
    version: 1,
    medrounds: "0",
    engine: { name: "script", version: "1", install: "bash make-environment.sh", ...options.engine },
    recipe: "test",
    size: "small",
    data: [],
    files: {},
    services:
      options.service === undefined
        ? []
        : [
            {
              name: "search",
              command: [process.execPath, "service.mjs", String(port), options.service],
              ready: `${url}/health`,
              health: `${url}/health`,
            },
          ],
    stages: options.stages?.map((other) => ({ ...stage, ...other })) ?? [stage],
  };
  await writeFile(join(folder, "plan.json"), JSON.stringify(plan));
  return port;
}

type Launch = Partial<Parameters<typeof launchTraining>[0]>;

async function launch(options: Launch = {}) {
  const events: LaunchEvent[] = [];
  const done = launchTraining({
    folder,
    program: [process.execPath],
    port: 0,
    signal: new AbortController().signal,
    timings: { readyMilliseconds: 10_000, pollMilliseconds: 20, graceMilliseconds: 5_000 },
    ...options,
    onEvent(event) {
      events.push(event);
      options.onEvent?.(event);
    },
  });
  return { events, result: await done };
}

const readLines = async (name: string) =>
  (await readFile(join(folder, name), "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { step: number; values: Record<string, number | null> });
const isUp = (port: number) =>
  fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );

describe("a launched plan", () => {
  it("starts its services, runs its trainer, keeps its metrics, and ends the services", async () => {
    const port = await writeRun({ service: "well", behavior: "long" });
    let page: { metrics: object[] } | undefined;
    const { events, result } = await launch({
      onEvent: async (event) => {
        if (event.type !== "page") return;
        const text = await (await fetch(event.url)).text();
        expect(text).toContain("test · script");
        page = (await (await fetch(`${event.url}metrics.json`)).json()) as { metrics: object[] };
      },
    });
    expect(result.flags).toEqual([]);
    expect((await readLines("metrics.jsonl")).map(({ step, values }) => [step, values.loss])).toEqual([
      [1, 1],
      [2, 0.5],
      [3, 1 / 3],
    ]);
    expect(page).toMatchObject({ metrics: expect.any(Array) });
    expect(events.map(({ type }) => type).filter((type) => type !== "metrics")).toEqual([
      ...["page", "services-ready", "stage-start", "stage-end"],
    ]);
    expect(await readFile(join(folder, "services.txt"), "utf8")).toBe("began ended ");
    expect(await isUp(port)).toBe(false);
  });

  it("runs no stage again that has ended well, and hands each stage's result to the next", async () => {
    const stages = [
      { name: "first" },
      {
        name: "second",
        command: [process.execPath, "-e", "console.log(process.argv[1])", "{result:first}"],
        checkpoints: { folder: "other", prefix: "checkpoint-", resume: [] },
        result: "{folder}/model",
      },
    ];
    await writeRun({ stages });
    await launch();
    expect(await readFile(join(folder, "stages/second.txt"), "utf8")).toBe(
      `${join(folder, "output/checkpoint-3")}\n`,
    );
    await launch();
    expect(await readFile(join(folder, "began.txt"), "utf8")).toBe("0");
  });

  it("tells how a trainer died, with its last lines, ends the services, and goes on from the newest whole checkpoint", async () => {
    const port = await writeRun({ service: "well", behavior: "dies" });
    await expect(launch()).rejects.toMatchObject({
      code: "trainer-failed",
      message: expect.stringContaining("CUDA out of memory"),
      facts: { exitCode: 3, lines: expect.stringContaining("CUDA out of memory") },
    });
    expect(await isUp(port)).toBe(false);
    await writeRun({ behavior: "well" });
    const { events } = await launch();
    // The second checkpoint was begun and not ended.
    const checkpoint = join(folder, "output/checkpoint-1");
    expect(events).toContainEqual({ type: "stage-start", stage: "only", checkpoint });
    expect(await readFile(join(folder, "began.txt"), "utf8")).toBe("01");
  });

  it("ends the trainer and the services where it is interrupted, and goes on later", async () => {
    const port = await writeRun({ service: "well", behavior: "waits", steps: 5 });
    const controller = new AbortController();
    const reason = new Error("interrupted");
    const running = launch({
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type === "metrics" && event.metrics.step === 2)
          setTimeout(() => controller.abort(reason), 50);
      },
    });
    await expect(running).rejects.toBe(reason);
    expect(await readFile(join(folder, "stages/only.txt"), "utf8")).toContain("stopped well");
    expect(await isUp(port)).toBe(false);
    const { events } = await launch();
    expect(events.find(({ type }) => type === "stage-start")).toMatchObject({
      checkpoint: expect.stringContaining("checkpoint-"),
    });
  });

  it("ends what the trainer started, too", async () => {
    const child = `setInterval(() => require("node:fs").writeFileSync("alive.txt", String(Date.now())), 20)`;
    const script = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { stdio: "ignore" }); setTimeout(() => process.exit(1), 400)`;
    await writeRun({ stages: [{ command: [process.execPath, "-e", script] }] });
    await expect(launch()).rejects.toMatchObject({ code: "trainer-failed" });
    const last = await readFile(join(folder, "alive.txt"), "utf8");
    await pause(200);
    expect(await readFile(join(folder, "alive.txt"), "utf8")).toBe(last);
  });

  it("flags a run whose searches find nothing, and one whose metrics are no numbers", async () => {
    await writeRun({ service: "empty", behavior: "nan" });
    const { events, result } = await launch();
    expect(new Set(result.flags)).toEqual(new Set(["empty-retrievals", "not-finite"]));
    expect(events).toContainEqual({
      type: "notice",
      message: "Alarm: 80 % of the last 200 searches found nothing; the run is flagged.",
    });
    expect((await readLines("metrics.jsonl"))[0]?.values.loss).toBeNull();
  });

  it("starts a service again that ends", async () => {
    const port = await writeRun({ service: "well", behavior: "waits", steps: 8 });
    let died = false;
    const { events } = await launch({
      onEvent: (event) => {
        if (event.type !== "metrics" || died) return;
        died = true;
        fetch(`http://127.0.0.1:${port}/die`).catch(() => undefined);
      },
    });
    expect(events).toContainEqual({
      type: "notice",
      message: "The service search ended with 9; it is started again.",
    });
    expect(await readFile(join(folder, "services.txt"), "utf8")).toBe("began began ended ");
  });

  it("is refused with what a service said, where it does not come up", async () => {
    await writeRun({ service: "broken" });
    await expect(launch()).rejects.toMatchObject({
      code: "training-service-failed",
      message: expect.stringContaining("the library is missing"),
    });
  });

  it("is refused with the exact command where its engine is missing", async () => {
    await writeRun({ engine: { check: [".venv/bin/python", "-c", "import trl"] } });
    await expect(launch()).rejects.toMatchObject({
      code: "engine-missing",
      facts: { install: `cd ${folder} && bash make-environment.sh` },
    });
  });

  it("is refused while another runs it", async () => {
    await writeRun({ behavior: "waits", steps: 3 });
    const first = launch();
    await expect.poll(() => readFile(join(folder, "run.lock"), "utf8").catch(() => "")).not.toBe("");
    await expect(launch()).rejects.toMatchObject({ code: "run-busy" });
    await first;
  });

  it("is flagged where its data have changed", async () => {
    await writeRun({});
    await mkdir(join(folder, "data"));
    await writeFile(join(folder, "data/train.jsonl"), "changed");
    const plan = JSON.parse(await readFile(join(folder, "plan.json"), "utf8")) as object;
    const data = [{ file: join(folder, "data/train.jsonl"), sha256: "of another file" }];
    await writeFile(join(folder, "plan.json"), JSON.stringify({ ...plan, data }));
    expect((await launch()).result.flags).toEqual(["data-changed"]);
  });
});

describe("medrounds train launch", () => {
  it("says what it does, and exits with 130 at Ctrl-C with nothing left running", async () => {
    const port = await writeRun({ service: "well", behavior: "waits", steps: 1000 });
    const source = ["--conditions=medrounds-source", "--disable-warning=ExperimentalWarning"];
    const command = [...source, join(projectRoot, "src/cli/main.ts"), "train", "launch", folder];
    const child = spawn(process.execPath, command, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (piece: string) => {
      said += piece;
      if (/step 3 · loss/.test(said)) child.kill("SIGINT");
    });
    const [code] = (await once(child, "close")) as [number];
    expect([code, said]).toEqual([130, expect.stringContaining("Stage only …")]);
    expect(await isUp(port)).toBe(false);
  });

  it("starts medrounds itself as a service, also with a token", async () => {
    await writeRun({});
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const plan = JSON.parse(await readFile(join(folder, "plan.json"), "utf8")) as object;
    const command = ["medrounds", "serve", "--port", String(port), "--library", join(folder, "library")];
    const services = [{ name: "medrounds", command, ready: `${url}/health`, health: `${url}/health` }];
    await writeFile(join(folder, "plan.json"), JSON.stringify({ ...plan, services }));
    await writeFile(join(folder, "passages.jsonl"), '{"id":"a","title":"Angle","text":"It is blunt."}\n');
    const env = { MEDROUNDS_TOKEN: "0123456789abcdef" };
    const added = await runCli(["library", "add", "passages.jsonl", "--library", "library"], { cwd: folder });
    expect(added.code).toBe(0);
    const { code, stdout, stderr } = await runCli(["train", "launch", folder], { cwd: folder, env });
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("Services are ready: medrounds.");
    expect(await isUp(port)).toBe(false);
  });

  it("tells a missing engine in two sentences without a trace", async () => {
    await writeRun({ engine: { check: ["no-such-program"] } });
    const { code, stderr } = await runCli(["train", "launch", folder], { cwd: folder });
    expect([code, stderr]).toEqual([1, expect.stringContaining("bash make-environment.sh")]);
    expect(stderr).not.toContain("    at ");
  });
});
