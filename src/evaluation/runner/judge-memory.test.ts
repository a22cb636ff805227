import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JudgeModel } from "../judges/judge-model.ts";
import { rememberJudgments } from "./judge-memory.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-judgments-"));
});
afterEach(() => rm(folder, { recursive: true }));

const asked: string[] = [];
const model = (name: string): JudgeModel => ({
  name,
  images: null,
  async ask({ text, seed }) {
    asked.push(text);
    if (text === "fails") throw new Error("It failed.");
    return { verdict: `${name} on ${text} ${seed}` };
  },
});
const request = (text: string, seed = 1) => ({ system: "", text, schema: {}, seed });
const open = (name = "judge") => rememberJudgments(model(name), { folder });

describe("what a judge said", () => {
  it("is said again without asking, also in a later run, and is another for another seed, text or judge", async () => {
    asked.length = 0;
    const first = await open();
    const verdict = await first.ask(request("a"));
    expect(await first.ask(request("a"))).toEqual(verdict);
    const second = await open();
    expect(await second.ask(request("a"))).toEqual(verdict);
    await second.ask(request("a", 2));
    await second.ask(request("b"));
    await (await open("other")).ask(request("a"));
    expect(asked).toEqual(["a", "a", "b", "a"]);
  });

  it("is another for another image, and for the same in another size", async () => {
    asked.length = 0;
    const judge = await open();
    const shown = (sha256: string, pixels: number | null) => ({
      ...request("a"),
      images: [{ sha256, pixels }],
    });
    await judge.ask(request("a"));
    await judge.ask(shown("one", null));
    await judge.ask(shown("two", null));
    await judge.ask(shown("two", 64));
    await (await open()).ask(shown("two", 64));
    expect(asked).toHaveLength(4);
  });

  it("is not a failure, which is asked about again", async () => {
    asked.length = 0;
    const judge = await open();
    await expect(judge.ask(request("fails"))).rejects.toThrow("It failed.");
    await expect(judge.ask(request("fails"))).rejects.toThrow("It failed.");
    expect(asked).toHaveLength(2);
  });

  it("outlives half a line of a process that was killed", async () => {
    asked.length = 0;
    await (await open()).ask(request("a"));
    await appendFile(join(folder, "judgments.jsonl"), '\n{"key":"b","rep');
    await (await open()).ask(request("b"));
    const last = await open();
    await last.ask(request("a"));
    await last.ask(request("b"));
    expect(asked).toEqual(["a", "b"]);
  });
});
