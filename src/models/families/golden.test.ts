import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encode } from "../../../test/support/onnx/forward-pass.ts";
import { tinyConfig, tinyIds, tinyTensors, writeTinyModel } from "../../../test/support/onnx/tiny-encoder.ts";
import { createTextEmbedder } from "../create-text-embedder.ts";
import { families } from "./list.ts";

const instruction = "represent this sentence for searching relevant passages :";
const passage = { title: "Lung effusion", text: "Fever and cough" };

/** By hand, from the model cards: the tokens a query and a passage become, the segments, and which tokens make the vector. */
const cards: Record<
  string,
  { query: string; passage: string; second?: string; pooling: "mean" | "first"; article?: true }
> = {
  "bge-m3": { query: "what is fever ?", passage: "lung effusion fever and cough", pooling: "first" },
  "med-rwr": {
    query: `${instruction} what is fever ?`,
    passage: "lung effusion fever and cough",
    pooling: "first",
  },
  bge: {
    query: `${instruction} what is fever ?`,
    passage: "lung effusion fever and cough",
    pooling: "first",
  },
  medcpt: {
    query: "what is fever ?",
    passage: "lung effusion",
    second: "fever and cough",
    pooling: "first",
    article: true,
  },
  e5: {
    query: "query : what is fever ?",
    passage: "passage : lung effusion fever and cough",
    pooling: "mean",
  },
  minilm: { query: "what is fever ?", passage: "lung effusion fever and cough", pooling: "mean" },
  contriever: { query: "what is fever ?", passage: "lung effusion . fever and cough", pooling: "mean" },
  specter: { query: "what is fever ?", passage: "lung effusion [SEP] fever and cough", pooling: "first" },
  plain: { query: "what is fever ?", passage: "lung effusion fever and cough", pooling: "mean" },
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-golden-"));
  await writeTinyModel(join(folder, "one"), { seed: 1 });
  await writeTinyModel(join(folder, "two"), { seed: 2 });
});
afterAll(() => rm(folder, { recursive: true }));

/** What the paper's arithmetic gives for tokens written by hand. */
function expected(request: { seed: number; first: string; second?: string; pooling: "mean" | "first" }) {
  const { seed, first, second, pooling } = request;
  const head = tinyIds(`[CLS] ${first} [SEP]`);
  const tail = second === undefined ? [] : tinyIds(`${second} [SEP]`);
  const hidden = encode({
    config: tinyConfig,
    tensors: tinyTensors(seed),
    ids: [...head, ...tail],
    segments: [...head.map(() => 0), ...tail.map(() => 1)],
  });
  const counted = pooling === "first" ? hidden.slice(0, 1) : hidden;
  const sum = counted.reduce((total, token) => total.map((value, at) => value + (token[at] ?? 0)));
  const length = Math.hypot(...sum);
  return sum.map((value) => value / length);
}

function expectNear(vector: Float32Array | undefined, wanted: readonly number[]) {
  expect(vector).toHaveLength(wanted.length);
  expect(Math.max(...wanted.map((value, at) => Math.abs(value - (vector?.[at] ?? Number.NaN))))).toBeLessThan(
    2e-6,
  );
}

describe("the golden vectors", () => {
  it("are there for every family", () => {
    expect(Object.keys(cards).sort()).toEqual(families.map(({ name }) => name).sort());
  });

  it.each(Object.entries(cards))("of %s are those of its model card", async (family, card) => {
    const { query, passage: first, second, pooling, article } = card;
    const places = article ? `${join(folder, "one")},${join(folder, "two")}` : join(folder, "one");
    await using embedder = await createTextEmbedder({ source: `onnx:${places}?family=${family}` });
    expect(embedder.dimension).toBe(32);
    const [queryVector] = await embedder.embedQueries(["What is fever?"]);
    expectNear(queryVector, expected({ seed: 1, first: query, pooling }));
    const [passageVector] = await embedder.embedPassages([passage]);
    const seed = article ? 2 : 1;
    expectNear(passageVector, expected({ seed, first, pooling, ...(second !== undefined && { second }) }));
  });

  it("are pinned to the last digits of one model, so that a change of the test's own arithmetic is seen too", async () => {
    await using embedder = await createTextEmbedder({ source: `onnx:${join(folder, "one")}?family=minilm` });
    const [vector] = await embedder.embedQueries(["What is fever?"]);
    expect(Array.from(vector?.slice(0, 4) ?? [], (value) => Number(value.toFixed(5)))).toEqual([
      -0.16357, -0.11623, 0.06129, -0.00408,
    ]);
  });
});
