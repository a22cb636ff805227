import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { classify, encode } from "../../../test/support/onnx/forward-pass.ts";
import { tinyConfig, tinyIds, tinyTensors, writeTinyModel } from "../../../test/support/onnx/tiny-encoder.ts";
import { createReranker } from "../create-reranker.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-reranker-"));
  await writeTinyModel(join(folder, "cross-encoder"), { classes: 1 });
  await writeTinyModel(join(folder, "encoder"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("a cross-encoder in a folder", () => {
  it("scores query and passage as one input of two segments, each passage by itself", async () => {
    await using reranker = await createReranker({ source: `onnx:${join(folder, "cross-encoder")}` });
    const passages = [
      { title: "Lung", text: "Fever and cough in the lung and the heart" },
      { title: "", text: "cough" },
    ];
    const scores = await reranker.rerank({ query: "What is fever?", passages });
    const wanted = ["lung . fever and cough in the lung and the heart", "cough"].map((passage) => {
      const head = tinyIds("[CLS] what is fever ? [SEP]");
      const tail = tinyIds(`${passage} [SEP]`);
      const segments = [...head.map(() => 0), ...tail.map(() => 1)];
      const tensors = tinyTensors(1);
      return classify(tensors, encode({ config: tinyConfig, tensors, ids: [...head, ...tail], segments }))[0];
    });
    expect(scores).toHaveLength(2);
    for (const [at, score] of scores.entries()) expect(score).toBeCloseTo(wanted[at] ?? Number.NaN, 5);
  });

  it("is model-unusable where the model gives no single score", async () => {
    await using reranker = await createReranker({ source: `onnx:${join(folder, "encoder")}` });
    await expect(
      reranker.rerank({ query: "fever", passages: [{ title: "", text: "cough" }] }),
    ).rejects.toMatchObject({ code: "model-unusable" });
  });
});
