import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { readSuite } from "./read-suite.ts";
import { suiteSchema } from "./suite-schema.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-suite-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(text: string) {
  const file = join(folder, "suite.yaml");
  await writeFile(file, text);
  return readSuite(file);
}

const smallest = `name: first
dataSets: [{ path: data/path_oral/manifest.jsonl }]
models: [{ policy: reader }]
conditions: [{ type: round, library: lib }]
`;

describe("a suite", () => {
  it("names what it leaves unnamed, and starts its paths at its own folder", async () => {
    const { suite } = await read(`${smallest}seeds: [3]
limits: { concurrency: 4 }
`);
    expect(suite).toMatchObject({
      name: "first",
      dataSets: [{ name: "path-oral", path: join(folder, "data/path_oral/manifest.jsonl") }],
      models: [{ name: "reader", policy: "reader" }],
      conditions: [{ type: "round", name: "library", library: join(folder, "lib") }],
      seeds: [3],
      repeats: 1,
      limits: { concurrency: 4, seconds: 300, retries: 1 },
      profile: "medrounds",
    });
  });

  it("names conditions by what they do", async () => {
    const { suite } = await read(`name: first
dataSets: [{ path: a }]
models: [{ endpoint: "http://127.0.0.1:1/v1", model: Org/Some-Model_7B }]
conditions:
  - type: zero-shot
  - { type: few-shot, perClass: 2 }
  - { type: few-shot, exemplars: random, count: 8 }
  - { type: round, library: lib, recipe: chest-xray, reconsideration: cdir }
  - { type: round, library: lib, recipe: ./my-recipe }
`);
    expect(suite.models[0]?.name).toBe("org-some-model-7b");
    expect(suite.conditions.map(({ name }) => name)).toEqual([
      "zero-shot",
      "few-shot-similar-2-per-class",
      "few-shot-random-8",
      "chest-xray-cdir",
      "my-recipe",
    ]);
    expect(suite.conditions[4]).toMatchObject({ recipe: join(folder, "my-recipe") });
  });

  it.each([
    [`${smallest}repeat: 2\n`, 5, "repeat", /there is no such key/],
    [smallest.replace("path:", "pth:"), 2, "dataSets.0.pth", /no such key/],
    [smallest.replace("round,", "rounds,"), 4, "conditions.0.type", /zero-shot, few-shot or round/],
    [smallest.replace("lib }", "lib, top: 3 }"), 4, "conditions.0.top", /no such key/],
    [smallest.replace("reader }", "reader, model: x }"), 3, "models.0.policy", /neither endpoint nor model/],
    [smallest.replace("reader }", "tools, apiKey: sk-secret-1 }"), 3, "models.0.apiKey", /apiKeyFrom/],
    [smallest.replace("first", "First suite"), 1, "name", /small letters/],
    [smallest.replace("}]\nmodels", "}, { path: b/path_oral }]\nmodels"), 2, "dataSets.1", /second time/],
    [`${smallest}seeds: []\n`, 5, "seeds", /must be a list whose length is at least 1\.$/],
    [`${smallest}repeats: 0\n`, 5, "repeats", /must be at least 1\.$/],
    [`${smallest}repeats: two\n`, 5, "repeats", /must be a number\.$/],
    [`${smallest}keep: all\n`, 5, "keep", /must be one of rounds, answers\.$/],
    ["- a\n", 1, "", /must be a map of keys and values\.$/],
    [smallest.replace("conditions", "condtions"), 4, "condtions", /no such key/],
    ["name: [a\n", 2, "", /well-formed/],
    ["", 1, "name", /it is missing/],
  ])("is refused with line and key: %j", async (text, line, key, message) => {
    const error = await read(text).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "suite-invalid", facts: { line, key } });
    expect(error).toMatchObject({ message: expect.stringMatching(message) });
    expect(JSON.stringify(error) + String(error)).not.toContain("sk-secret");
  });

  it("has a published schema, which this test writes with -u", async () => {
    const schema = z.toJSONSchema(suiteSchema, { io: "input" });
    const text = `${JSON.stringify({ title: "A suite of medrounds eval run", ...schema }, null, 2)}\n`;
    await expect(text).toMatchFileSnapshot("../../../docs/suite.schema.json");
  });
});
