import { cp, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { encode } from "../../../test/support/onnx/forward-pass.ts";
import { tinyConfig, tinyIds, tinyTensors, writeTinyModel } from "../../../test/support/onnx/tiny-encoder.ts";
import { createTextEmbedder } from "../create-text-embedder.ts";

let folder: string;
let model: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-onnx-"));
  model = await writeTinyModel(join(folder, "tiny-minilm"));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

function distance(one: Float32Array | undefined, other: ArrayLike<number> | undefined): number {
  return Math.max(...[...(one ?? [])].map((value, at) => Math.abs(value - (other?.[at] ?? Number.NaN))));
}

async function copyModel(name: string): Promise<string> {
  const copy = join(folder, name);
  await cp(model, copy, { recursive: true });
  return copy;
}

describe("a model in a folder", () => {
  it("gives a text the same vector alone and beside longer ones", async () => {
    await using embedder = await createTextEmbedder({ source: `onnx:${model}` });
    const texts = ["cough", "fever and cough of the lung in the heart", "what is effusion", "heart"];
    const together = await embedder.embedPassages(texts.map((text) => ({ title: "", text })));
    for (const [index, text] of texts.entries()) {
      const [alone] = await embedder.embedPassages([{ title: "", text }]);
      expect(distance(together[index], alone)).toBeLessThan(1e-6);
    }
    expect(distance(together[0], together[3])).toBeGreaterThan(0.01);
  });

  it("keeps the order of more texts than one batch holds", async () => {
    await using embedder = await createTextEmbedder({ source: `onnx:${model}` });
    const words = ["fever", "cough", "lung", "heart", "pneumonia"];
    const texts = Array.from({ length: 120 }, (_, index) => `${words[index % 5]} `.repeat(60 - (index % 50)));
    const together = await embedder.embedPassages(texts.map((text) => ({ title: "", text })));
    const picked = [0, 1, 77, 119];
    const alone = await embedder.embedPassages(
      picked.map((index) => ({ title: "", text: texts[index] ?? "" })),
    );
    for (const [at, index] of picked.entries())
      expect(distance(together[index], alone[at])).toBeLessThan(1e-6);
  });

  it("cuts a long text at the end and keeps its last special token, as Hugging Face's tokenizers do", async () => {
    await using embedder = await createTextEmbedder({ source: `onnx:${model}` });
    const [vector] = await embedder.embedQueries(["fever ".repeat(500)]);
    const ids = tinyIds(`[CLS] ${"fever ".repeat(62)}[SEP]`);
    const hidden = encode({ config: tinyConfig, tensors: tinyTensors(1), ids });
    const sum = hidden.reduce((total, token) => total.map((value, at) => value + (token[at] ?? 0)));
    const wanted = sum.map((value) => value / Math.hypot(...sum));
    expect(distance(vector, wanted)).toBeLessThan(2e-6);
  });

  it("cuts the longer text of a pair first", async () => {
    await using embedder = await createTextEmbedder({ source: `onnx:${model}?family=medcpt` });
    const [vector] = await embedder.embedPassages([{ title: "lung effusion", text: "cough ".repeat(500) }]);
    const [head, tail] = [tinyIds("[CLS] lung effusion [SEP]"), tinyIds(`${"cough ".repeat(59)}[SEP]`)];
    const segments = [...head.map(() => 0), ...tail.map(() => 1)];
    const [first = []] = encode({
      config: tinyConfig,
      tensors: tinyTensors(1),
      ids: [...head, ...tail],
      segments,
    });
    const wanted = first.map((value) => value / Math.hypot(...first));
    expect(distance(vector, wanted)).toBeLessThan(2e-6);
  });

  it("is loaded without any request", async () => {
    const request = vi.spyOn(globalThis, "fetch");
    await using embedder = await createTextEmbedder({ source: `onnx:${model}` });
    expect(embedder.dimension).toBe(32);
    expect(request).not.toHaveBeenCalled();
  });

  it("may have its weights beside config.json", async () => {
    const flat = await copyModel("flat-minilm");
    await rename(join(flat, "onnx/model.onnx"), join(flat, "model.onnx"));
    await using embedder = await createTextEmbedder({ source: `onnx:${flat}` });
    await using other = await createTextEmbedder({ source: `onnx:${model}` });
    expect(await embedder.embedQueries(["fever"])).toEqual(await other.embedQueries(["fever"]));
  });

  it("keeps its fingerprint in another place and loses it with other weights, another tokenizer or family", async () => {
    const fingerprintOf = async (source: string) => {
      await using embedder = await createTextEmbedder({ source });
      return embedder.fingerprint;
    };
    const first = await fingerprintOf(`onnx:${model}`);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(await fingerprintOf(`onnx:${await copyModel("moved-minilm")}`)).toBe(first);
    const otherWeights = await writeTinyModel(join(folder, "other-minilm"), { seed: 9 });
    const otherTokenizer = await copyModel("cased-minilm");
    await writeFile(
      join(otherTokenizer, "tokenizer_config.json"),
      JSON.stringify({ tokenizer_class: "BertTokenizer", model_max_length: 32, pad_token: "[PAD]" }),
    );
    const others = [`onnx:${otherWeights}`, `onnx:${otherTokenizer}`, `onnx:${model}?family=bge-m3`];
    const prints = [first];
    for (const source of others) prints.push(await fingerprintOf(source));
    expect(new Set(prints).size).toBe(4);
  });

  it("has a family by the name of its folder, or must be told one", async () => {
    const nameless = await copyModel("nameless");
    await expect(createTextEmbedder({ source: `onnx:${nameless}` })).rejects.toMatchObject({
      code: "embedder-family-unknown",
      facts: { model: "nameless" },
    });
    await expect(createTextEmbedder({ source: `onnx:${model}?family=none` })).rejects.toMatchObject({
      code: "embedder-family-unknown",
      facts: { known: expect.stringContaining("bge-m3") },
    });
  });

  it("is model-unusable where a file is missing or is no model", async () => {
    for (const file of ["config.json", "tokenizer.json", "onnx/model.onnx"]) {
      const broken = await copyModel(`without-${file.replace("/", "-")}`);
      await rm(join(broken, file));
      await expect(createTextEmbedder({ source: `onnx:${broken}` })).rejects.toMatchObject({
        code: "model-unusable",
        facts: { file },
      });
      await writeFile(join(broken, file), "{}");
      await expect(createTextEmbedder({ source: `onnx:${broken}?family=plain` })).rejects.toMatchObject({
        code: "model-unusable",
      });
    }
  });

  it("is path-missing where there is no such folder, without a request", async () => {
    const request = vi.spyOn(globalThis, "fetch");
    await expect(createTextEmbedder({ source: `onnx:${join(folder, "nowhere")}` })).rejects.toMatchObject({
      code: "path-missing",
    });
    await expect(createTextEmbedder({ source: "onnx:./models/nowhere" })).rejects.toMatchObject({
      code: "path-missing",
    });
    expect(request).not.toHaveBeenCalled();
  });

  it("stops between batches when the signal says so", async () => {
    await using embedder = await createTextEmbedder({ source: `onnx:${model}` });
    const controller = new AbortController();
    const texts = Array.from({ length: 400 }, () => ({ title: "", text: "fever ".repeat(50) }));
    const vectors = embedder.embedPassages(texts, controller.signal);
    setImmediate(() => controller.abort(new Error("enough")));
    await expect(vectors).rejects.toThrow("enough");
  });

  it("reports how far it is", async () => {
    const reports: unknown[] = [];
    await using embedder = await createTextEmbedder({
      source: `onnx:${model}`,
      onProgress: (progress) => reports.push(progress),
    });
    await embedder.embedPassages(Array.from({ length: 600 }, () => ({ title: "", text: "fever" })));
    expect(reports).toEqual([
      { type: "embed", done: 512, total: 600 },
      { type: "embed", done: 600, total: 600 },
    ]);
  });
});
