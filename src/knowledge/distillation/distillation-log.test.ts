import { appendFile, mkdtemp, readFile, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type LogEntry, logKey, openDistillationLog } from "./distillation-log.ts";
import type { Explanation } from "./explanation.ts";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-log-"));
  file = join(folder, "below", "kb.jsonl.log");
});
afterEach(() => rm(folder, { recursive: true }));

const entry = (key: string): LogEntry => ({
  key,
  row: `row ${key} é`,
  sentences: {
    medical_terminology: [`Fact ${key} é.`],
    symptoms_and_signs: [],
    disease_manifestations: [],
    treatment_protocols: [],
  },
  usage: { requests: 1, inputTokens: 10, outputTokens: 5 },
});

describe("the log", () => {
  it("gives entries back, in the same process and in the next", async () => {
    {
      await using log = await openDistillationLog(file);
      await Promise.all(["a", "b", "c"].map((key) => log.append(entry(key))));
      expect(await log.read("b")).toEqual(entry("b"));
    }
    await using log = await openDistillationLog(file);
    expect([log.has("a"), log.has("d")]).toEqual([true, false]);
    expect(await log.read("c")).toEqual(entry("c"));
    expect(await log.read("d")).toBeUndefined();
  });

  it("loses only the entry that was half written, wherever it was cut", async () => {
    {
      await using log = await openDistillationLog(file);
      await log.append(entry("a"));
      await log.append(entry("b"));
    }
    const { length } = await readFile(file);
    const { length: first } = Buffer.from(`${JSON.stringify(entry("a"))}\n`);
    for (const size of [length - 1, length - 2, first + 1, first, first - 1]) {
      await truncate(file, size);
      await using log = await openDistillationLog(file);
      const hasB = size >= length - 1;
      expect([size, log.has("a"), log.has("b")]).toEqual([size, size >= first - 1, hasB]);
      await log.append(entry("c"));
      expect(await log.read("c")).toEqual(entry("c"));
      if (log.has("a")) expect(await log.read("a")).toEqual(entry("a"));
    }
  });

  it("passes over lines that are no entries", async () => {
    {
      await using log = await openDistillationLog(file);
      await log.append(entry("a"));
    }
    await appendFile(file, '{"key": "x"}\nnonsense\n\u0000\n');
    await using log = await openDistillationLog(file);
    expect([log.has("a"), log.has("x")]).toEqual([true, false]);
    await log.append(entry("b"));
    expect(await log.read("b")).toEqual(entry("b"));
  });
});

describe("logKey", () => {
  const explanation: Explanation = { id: "1", text: "T", question: "Q", options: ["A"], subject: "S" };
  const base = { explanation, promptHash: "p", model: "m" };

  it("changes with what is sent, the prompt and the model, not with the row's id and subject", () => {
    const others = [
      { ...base, explanation: { ...explanation, text: "U" } },
      { ...base, explanation: { ...explanation, question: null } },
      { ...base, explanation: { ...explanation, options: [] } },
      { ...base, promptHash: "q" },
      { ...base, model: "n" },
    ];
    expect(new Set([base, ...others].map(logKey)).size).toBe(6);
    expect(logKey({ ...base, explanation: { ...explanation, id: "2", subject: null } })).toBe(logKey(base));
  });
});
