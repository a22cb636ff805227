import { createHash } from "node:crypto";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Exchange, type MockModel, type ScriptReply, startMockModel } from "../src/mock-model/index.ts";
import { createRandom } from "../src/statistics/index.ts";
import type { Rollout } from "../src/training/index.ts";
import { parseTranscript } from "../src/transcript/index.ts";
import { drawnCases, writeDrawnCases } from "./support/drawn-cases.ts";
import { type CliResult, makeFolder, removeFolder, runCli } from "./support/run-cli.ts";

const attempts = 3;
const questions = 12;
const tries = attempts * questions;

let folder: string;
let model: MockModel;
let judge: MockModel;
let judged = 0;
const asked: Exchange[] = [];

/** Searches once; then draws one of two answers by the request's seed. An answer before any search is demanded behind the opened tag. */
function reply(exchange: Exchange): ScriptReply {
  const { messages = [] } = exchange.body as { messages?: { role: string; content: unknown }[] };
  const last = messages.at(-1);
  const turn = last?.role === "assistant" ? String(last.content) : "";
  // What our client asks to find out what a server can.
  if (messages[0]?.role !== "system") return { text: "alpha bravo charlie delta echo" };
  asked.push(exchange);
  if (turn.endsWith("<answer>")) return { text: "<answer>A</answer>", logprobs: { A: 0.4, B: 0.6 } };
  if (turn === "") return { text: "<think>What are lines?</think><query>lines</query>" };
  return {
    samples: [
      { share: 0.6, text: "<think>Lines [1].</think><answer>A</answer>", logprobs: { A: 0.8, B: 0.2 } },
      { share: 0.4, text: "<answer>B</answer>", logprobs: { A: 0.3, B: 0.7 } },
    ],
  } as ScriptReply;
}

/** Finds reasoning good where there is a thought, but for the worse of its cases. */
function verdict({ body }: Exchange): ScriptReply {
  judged++;
  const said = JSON.stringify(body);
  const label = said.includes("second of the two") ? "B" : "none";
  const poor =
    said.includes("Fluid rises") || !said.includes("<think>Lines") === !said.includes("costophrenic");
  const rating = poor ? "1" : "5";
  return { json: { reason: "", verdict: said.includes("which option") ? label : rating } } as ScriptReply;
}

beforeAll(async () => {
  folder = await makeFolder("train-rollouts");
  const cases = drawnCases(questions / 2).map((row) => ({ ...row, labels: row.labels.slice(0, 1) }));
  await writeDrawnCases(join(folder, "data"), cases);
  await writeFile(join(folder, "note.md"), "# Lines\n\nStripes are lines. Dots are round.");
  await writeFile(join(folder, "other.md"), "Nothing about it.");
  for (const [file, library] of [
    ["note.md", "library"],
    ["other.md", "elsewhere"],
  ] as const) {
    expect((await runCli(["library", "add", file, "--library", library], { cwd: folder })).code).toBe(0);
  }
  model = await startMockModel({ script: reply, latencyMilliseconds: 15, dialect: "vllm" });
  judge = await startMockModel({ script: verdict });
});
afterAll(async () => {
  await Promise.all([model, judge].map((one) => one.close()));
  await removeFolder(folder);
});

type Options = { more?: readonly string[]; kill?: NonNullable<Parameters<typeof runCli>[1]["kill"]> };

function run(out: string, { more = [], kill }: Options = {}): Promise<CliResult> {
  const args = ["train", "rollouts", "data/manifest.jsonl", "--out", out, "--attempts", String(attempts)];
  const endpoint = ["--endpoint", `${model.url}/v1`, "--model", "mock", "--concurrency", "4"];
  const all = [...args, ...endpoint, "--library", "library", "--json", ...more];
  return runCli(all, { cwd: folder, ...(kill ? { kill } : {}) });
}

async function read(out: string, file = "rollouts.jsonl"): Promise<Rollout[]> {
  const text = await readFile(join(folder, out, file), "utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

/** A set of rollouts, apart from how long they took. */
async function setOf(out: string): Promise<string[]> {
  const rollouts = await read(out);
  return rollouts.map(({ milliseconds: _, ...rollout }) => JSON.stringify(rollout)).toSorted();
}

const once = (out: string) => () =>
  stat(join(folder, out, "log.jsonl")).then(
    ({ size }) => size > 0,
    () => false,
  );

describe("train rollouts", () => {
  beforeAll(async () => {
    const { code, stdout, stderr } = await run("whole", { more: ["--reward", "med-rwr-stage2"] });
    expect([code, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toMatchObject({
      progress: { tasks: tries, answeredNow: tries, failed: 0 },
      summary: { rollouts: tries, questions, searches: { total: tries, empty: 0, alarm: false } },
    });
  });

  it("keeps what the model was sent and wrote, byte for byte, with the environment's spans", async () => {
    const rollouts = await read("whole");
    expect(new Set(rollouts.map(({ id }) => id)).size).toBe(tries);
    expect(new Set(rollouts.map(({ seed }) => seed)).size).toBe(tries);
    for (const { transcript, prompt, rendering, retrieved, outcome } of rollouts) {
      expect([rendering, outcome]).toEqual(["same-turn", "answered"]);
      expect(prompt.map(({ role }) => role)).toEqual(["system", "user"]);
      const [span] = transcript.environment;
      const found = transcript.text.slice(span?.start, span?.end);
      expect(found).toContain("Stripes are lines.");
      expect(retrieved).toEqual([
        { query: "lines", documents: [expect.objectContaining({ title: "Lines" })] },
      ]);
      expect(parseTranscript(transcript).problems).toEqual([]);
      // The last request of the try shows the model its prompt and all of its turn so far.
      const own = asked.filter(({ body }) => {
        const said = JSON.stringify(body);
        return prompt.every(({ parts }) =>
          parts.every(
            (part) => part.type === "image" || said.includes(JSON.stringify(part.text).slice(1, -1)),
          ),
        );
      });
      const shown = JSON.stringify(transcript.text.slice(0, span?.end)).slice(1, -1);
      expect(own.some(({ body }) => JSON.stringify(body).includes(shown))).toBe(true);
    }
  });

  it("keeps images beside by the hash of the bytes that were sent", async () => {
    for (const { question, prompt } of await read("whole")) {
      const [image] = question.images;
      const bytes = await readFile(join(folder, "whole", image?.file ?? ""));
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(image?.sha256);
      expect(prompt[1]?.parts.map(({ type }) => type)).toEqual(["image", "text"]);
      expect(JSON.stringify(asked.map(({ body }) => body))).toContain(bytes.toString("base64"));
    }
  });

  it("has the log-probabilities of the model's tokens, and of the options at the answer", async () => {
    for (const { tokens, transcript, measured, question } of await read("whole")) {
      const [span] = transcript.environment;
      const own = transcript.text.slice(0, span?.start) + transcript.text.slice(span?.end);
      const joined = tokens?.map(({ text }) => text).join("") ?? "";
      // Servers leave stop strings out.
      expect(joined).toBe(own.replaceAll(/<\/(?:query|answer)>|\n/g, ""));
      expect(tokens?.every(({ logprob }) => logprob <= 0)).toBe(true);
      expect(Object.keys(measured.optionsAfter ?? {}).toSorted()).toEqual(
        question.options.map(({ label }) => label),
      );
      expect(measured.optionsBefore).toBeUndefined();
    }
  });

  it("says how hard the questions are, and what the reward is", async () => {
    const rollouts = await read("whole");
    const { summary } = JSON.parse(await readFile(join(folder, "whole/summary.json"), "utf8"));
    const rights = Map.groupBy(rollouts, ({ question }) => question.id);
    const always = [...rights.values()].filter((all) => all.every(({ correct }) => correct === 1)).length;
    const never = [...rights.values()].filter((all) => all.every(({ correct }) => correct === 0)).length;
    expect(summary.strata).toEqual({ always, sometimes: questions - always - never, never, unknown: 0 });
    const totals = rollouts.map(({ reward }) => reward?.total ?? Number.NaN);
    const mean = totals.reduce((sum, total) => sum + total, 0) / tries;
    expect(summary.reward.mean).toBeCloseTo(mean, 9);
    const squares = totals.reduce((sum, total) => sum + (total - mean) ** 2, 0);
    expect(summary.reward.deviation).toBeCloseTo(Math.sqrt(squares / (tries - 1)), 9);
  });

  it("scores anew by another profile, and asks nothing for it", async () => {
    const before = asked.length;
    const out = "rescored";
    await run(out, { more: ["--limit", "2"] });
    const asking = asked.length;
    expect(asking).toBeGreaterThan(before);
    expect((await read(out)).every(({ reward }) => reward === null)).toBe(true);
    const { stdout } = await run(out, { more: ["--limit", "2", "--reward", "med-r1"] });
    expect(JSON.parse(stdout)).toMatchObject({ summary: { reward: { profile: "med-r1" } } });
    expect(asked.length).toBe(asking);
    const { stdout: refused } = await run(out, { more: ["--limit", "2", "--temperature", "0.5"] });
    expect(JSON.parse(refused)).toMatchObject({ error: { code: "run-differs" } });
  });

  it.each([1, 2, 3])("killed at a random moment and run again has the same rollouts (%i)", async (seed) => {
    const out = `killed-${seed}`;
    const more = ["--reward", "med-rwr-stage2"];
    const after = createRandom(seed * 7919)() * 200;
    const { code } = await run(out, { more, kill: { signal: "SIGKILL", after, once: once(out) } });
    expect(code).toBe(137);
    const { code: ended, stdout } = await run(out, { more });
    expect(ended).toBe(0);
    expect(JSON.parse(stdout).progress.answeredNow).toBeLessThan(tries);
    expect(await setOf(out)).toEqual(await setOf("whole"));
  });

  it("in shards has the same rollouts", async () => {
    const more = (n: number) => ["--reward", "med-rwr-stage2", "--shard", `${n}/2`];
    const codes = await Promise.all([1, 2].map(async (n) => (await run("shards", { more: more(n) })).code));
    expect(codes).toEqual([0, 0]);
    expect(await setOf("shards")).toEqual(await setOf("whole"));
  });

  it("measures the options before any search once a question, where that is asked for", async () => {
    const demands = () => asked.filter(({ body }) => JSON.stringify(body).includes('"<answer>"}')).length;
    const before = demands();
    const { code } = await run("before", { more: ["--confidence-before", "--reward", "med-rwr-paper"] });
    expect(code).toBe(0);
    expect(demands() - before).toBe(questions);
    for (const { measured, reward } of await read("before")) {
      expect(measured.optionsBefore?.A).toBeCloseTo(Math.log(0.4), 6);
      expect(Object.entries(reward?.components ?? {})).toContainEqual([
        expect.stringContaining("confidence-gain"),
        expect.any(Number),
      ]);
    }
  });

  it("keeps apart what a judge rates low, and asks it nothing twice", async () => {
    const more = ["--judge-endpoint", `${judge.url}/v1`, "--judge-model", "mock", "--judge-minimum", "0.6"];
    const { code, stdout, stderr } = await run("judged", { more });
    expect([code, stderr]).toEqual([0, ""]);
    const { leftOut } = JSON.parse(stdout);
    const [kept, apart] = [await read("judged"), await read("judged", "left-out.jsonl")];
    expect([kept.length + apart.length, leftOut]).toEqual([tries, { below: apart.length, unjudged: 0 }]);
    expect(kept.every(({ transcript }) => transcript.text.includes("<think>Lines"))).toBe(true);
    expect(apart.length).toBeGreaterThan(0);
    expect(apart.some(({ transcript }) => transcript.text.includes("<think>Lines"))).toBe(false);
    expect(kept[0]?.measured.ratings).toEqual({ reasoning: 1 });
    const before = judged;
    expect((await run("judged", { more })).code).toBe(0);
    expect(judged).toBe(before);
    expect((await read("judged")).length).toBe(kept.length);
  });

  it("raises an alarm where searches find nothing", async () => {
    const more = ["--library", "elsewhere"];
    const { code, stdout } = await run("empty", { more });
    expect(code).toBe(1);
    expect(JSON.parse(stdout).summary.searches).toEqual({
      ...{ total: tries, empty: tries, share: 1, threshold: 0.5, alarm: true },
    });
  });

  it("keeps a try whose model never answers, and none whose server fails, which is asked again", async () => {
    let isDown = true;
    await using silent = await startMockModel({
      script: () => (isDown ? { status: 400, body: "{}" } : { text: "<think>I do not know.</think>" }),
    });
    const more = ["--endpoint", `${silent.url}/v1`, "--limit", "2", "--reward", "med-rwr-stage2"];
    const down = await run("silent", { more });
    expect(down.code).toBe(1);
    expect(JSON.parse(down.stdout)).toMatchObject({ summary: { rollouts: 0 } });
    isDown = false;
    const { code } = await run("silent", { more });
    expect(code).toBe(0);
    const rollouts = await read("silent");
    expect(rollouts).toHaveLength(2 * attempts);
    for (const { outcome, failures, correct, reward, transcript, rendering } of rollouts) {
      expect([outcome, correct, rendering]).toEqual(["failed", 0, "new-turn"]);
      expect(failures.map((failure) => failure.code)).toEqual(["model-silent"]);
      expect(reward?.components).toMatchObject({ accuracy: 0 });
      expect(transcript.environment.map(({ kind }) => kind)).toContain("hint");
    }
  });

  it("ends cleanly at Ctrl-C and says how much is left", async () => {
    const kill = { signal: "SIGINT" as const, after: 20, once: once("stopped") };
    const { code, stderr } = await run("stopped", { kill });
    expect(code).toBe(130);
    expect(stderr).toMatch(/\d+ rollouts still to come/);
    expect(stderr).not.toMatch(/^ +at /m);
  });
});
