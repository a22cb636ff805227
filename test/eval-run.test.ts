import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readScript } from "../src/mock-model/index.ts";
import { createRandom } from "../src/statistics/index.ts";
import { makeFolder, removeFolder, runCli } from "./support/run-cli.ts";
import { openSuiteRuns, type SuiteRuns } from "./support/suite-runs.ts";

const samples = 40;
const tasks = 2 * samples;
/** Draws one of two options by the request's seed, so that an answer that is asked for anew is the same. */
const drawing = `
rules:
  - reply:
      samples:
        - { share: 0.6, json: { step_by_step_thinking: "Lines.", answer_choice: "A" } }
        - { share: 0.4, json: { step_by_step_thinking: "Spots.", answer_choice: "B" } }
`;

let folder: string;
let runs: SuiteRuns;
beforeAll(async () => {
  folder = await makeFolder("eval-run");
  runs = await openSuiteRuns(folder, { script: await script(drawing) });
});
afterAll(async () => {
  await runs[Symbol.asyncDispose]();
  await removeFolder(folder);
});

async function script(text: string) {
  const file = join(folder, `script-${text.length}.yaml`);
  await writeFile(file, text);
  return readScript(file);
}

describe("a suite's run", () => {
  it("asks each arm each sample once, keeps what was said, and asks nothing again", async () => {
    const { code, stdout } = await runs.run("whole");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      progress: { tasks, answered: tasks, answeredNow: tasks, failed: 0 },
      stopped: [],
    });
    expect(new Set(await runs.outcome("whole")).size).toBe(tasks);
    const asked = runs.requests.length;
    const again = await runs.run("whole");
    expect(JSON.parse(again.stdout)).toMatchObject({ progress: { answered: tasks, answeredNow: 0 } });
    expect(runs.requests.length).toBe(asked);
    const run = JSON.parse(await readFile(join(folder, "whole/run.json"), "utf8"));
    expect(run.starts).toHaveLength(2);
    expect(run.endpoints[0].changes[0]).toMatchObject({ allowed: 4 });
  });

  it.each([1, 2, 3, 4, 5])(
    "that is killed at a random moment comes to the same in the end (%i)",
    async (seed) => {
      const out = `killed-${seed}`;
      const log = join(folder, out, "log.jsonl");
      const once = () =>
        stat(log).then(
          ({ size }) => size > 0,
          () => false,
        );
      const after = createRandom(seed * 7919)() * 300;
      const { code } = await runs.run(out, { kill: { signal: "SIGKILL", after, once } });
      expect(code).toBe(137);
      const resumed = await runs.run(out);
      expect(resumed.code).toBe(0);
      expect(JSON.parse(resumed.stdout).progress.answeredNow).toBeLessThan(tasks);
      await runs.expectSame(out, "whole");
    },
  );

  it("in shards comes to the same", async () => {
    const shards = await Promise.all(
      [1, 2, 3].map((n) => runs.run("shards", { more: ["--shard", `${n}/3`] })),
    );
    expect(shards.map(({ code }) => code)).toEqual([0, 0, 0]);
    await runs.expectSame("shards", "whole");
    const { starts, scorings } = JSON.parse(await readFile(join(folder, "shards/run.json"), "utf8"));
    expect(starts.map(({ shard }: { shard: string }) => shard).toSorted()).toEqual(["1/3", "2/3", "3/3"]);
    expect(scorings).toHaveLength(3);
  });

  it("ends cleanly at Ctrl-C and says how much is left", async () => {
    const log = join(folder, "stopped/log.jsonl");
    const once = () =>
      stat(log).then(
        ({ size }) => size > 0,
        () => false,
      );
    const { code, stderr, stdout } = await runs.run("stopped", {
      kill: { signal: "SIGINT", after: 20, once },
    });
    expect(code).toBe(130);
    expect(stderr).toMatch(/\d+ answers still to come/);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "interrupted" } });
    expect((await runs.run("stopped")).code).toBe(0);
    await runs.expectSame("stopped", "whole");
  });

  it("is refused to a second writer while one runs", async () => {
    const log = join(folder, "busy/log.jsonl");
    const first = runs.run("busy");
    while (
      !(await stat(log).then(
        () => true,
        () => false,
      ))
    )
      await new Promise((resolve) => setTimeout(resolve, 5));
    const second = await runs.run("busy");
    expect(JSON.parse(second.stdout)).toMatchObject({ error: { code: "run-busy" } });
    expect((await first).code).toBe(0);
    await runs.expectSame("busy", "whole");
  });

  it("takes over the answers of another run, and asks nothing", async () => {
    const asked = runs.requests.length;
    const { stdout } = await runs.run("reused", { more: ["--reuse", "whole"] });
    expect(JSON.parse(stdout)).toMatchObject({
      reused: tasks,
      progress: { answeredNow: 0, answered: tasks },
    });
    expect(runs.requests.length).toBe(asked);
    await runs.expectSame("reused", "whole");
  });

  it("asks nothing with --dry-run, and tells what it would", async () => {
    const asked = runs.requests.length;
    const { code, stdout } = await runs.run("dry", { more: ["--dry-run"] });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      dataSets: [{ samples, images: samples, groups: 20, power: expect.stringContaining("points") }],
      arms: [{ tasks: samples, images: samples }, { tasks: samples }],
      leaks: [{ share: 0 }],
    });
    expect(runs.requests.length).toBe(asked);
    await expect(stat(join(folder, "dry"))).rejects.toThrow("ENOENT");
  });

  it("is refused a folder of something else", async () => {
    const { code, stdout } = await runs.run("data");
    expect([code, JSON.parse(stdout).error.code]).toEqual([1, "path-occupied"]);
  });

  it("is scored again by another profile without asking, and keeps the scores of before", async () => {
    const asked = runs.requests.length;
    await runs.run("rescored", { more: ["--reuse", "whole"] });
    const before = await readFile(join(folder, "rescored/scores.jsonl"), "utf8");
    const args = ["eval", "rescore", "rescored", "--profile", "ralm-path", "--json"];
    const { code, stdout } = await runCli(args, { cwd: folder });
    const { profile, arms } = JSON.parse(stdout);
    expect([code, profile, arms.map(({ tasks }: { tasks: number }) => tasks)]).toEqual([
      0,
      "ralm-path",
      expect.arrayContaining([samples]),
    ]);
    const told = arms.map(({ arm }: { arm: string }) => arm.replace(/-[\da-f]{8}$/, ""));
    expect(told).toEqual(
      expect.arrayContaining(["data.mock.none.1", "data.mock.none.2", "data.majority", "data.nearest-5"]),
    );
    expect(await readFile(join(folder, "rescored/scores-1.jsonl"), "utf8")).toBe(before);
    const { scorings } = JSON.parse(await readFile(join(folder, "rescored/run.json"), "utf8"));
    expect(scorings.map(({ profile }: { profile: string }) => profile)).toEqual(["medrounds", "ralm-path"]);
    expect(runs.requests.length).toBe(asked);
  });
});
