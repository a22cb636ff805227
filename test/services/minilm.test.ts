import { beforeAll, describe, expect, it } from "vitest";
import { createTextEmbedder } from "../../src/models/index.ts";
import { exportMiniLm } from "../support/onnx/export-minilm.ts";

let folder: string;
beforeAll(async () => {
  folder = await exportMiniLm();
}, 300_000);

function dot(one: Float32Array | undefined, other: Float32Array | undefined): number {
  return [...(one ?? [])].reduce((sum, value, at) => sum + value * (other?.[at] ?? Number.NaN), 0);
}

describe("all-MiniLM-L6-v2, exported to ONNX by us", () => {
  it("gives the similarities that the documentation of Sentence Transformers prints", async () => {
    await using embedder = await createTextEmbedder({ source: `onnx:${folder}` });
    expect([embedder.id, embedder.dimension]).toEqual(["minilm", 384]);
    const [weather, sunny, stadium] = await embedder.embedQueries([
      "The weather is lovely today.",
      "It's so sunny outside!",
      "He drove to the stadium.",
    ]);
    const similarities = [dot(weather, sunny), dot(weather, stadium), dot(sunny, stadium)];
    expect(similarities.map((value) => value.toFixed(4))).toEqual(["0.6660", "0.1046", "0.1411"]);
  });

  it("gives a text the same vector alone and beside a longer one", async () => {
    await using embedder = await createTextEmbedder({ source: `onnx:${folder}` });
    const texts = [
      "Pleural effusion.",
      "Community-acquired pneumonia is treated with antibiotics. ".repeat(30),
    ];
    const passages = texts.map((text) => ({ title: "", text }));
    const together = await embedder.embedPassages(passages);
    for (const [index, passage] of passages.entries()) {
      const [alone] = await embedder.embedPassages([passage]);
      const far = Math.max(
        ...[...(alone ?? [])].map((value, at) => Math.abs(value - (together[index]?.[at] ?? 1))),
      );
      expect(far).toBeLessThan(1e-5);
    }
  });

  it("finds the passage that a medical question is about", async () => {
    await using embedder = await createTextEmbedder({ source: `onnx:${folder}` });
    const passages = [
      {
        title: "Pneumothorax",
        text: "Air in the pleural space, with a visible pleural edge and no lung markings.",
      },
      { title: "Gout", text: "Deposits of urate crystals in a joint cause sudden pain and swelling." },
      { title: "Anemia", text: "Too little hemoglobin; patients are pale and tire quickly." },
    ];
    const vectors = await embedder.embedPassages(passages);
    const [query] = await embedder.embedQueries(["collapsed lung with air around it"]);
    const scores = vectors.map((vector) => dot(query, vector));
    expect(scores.indexOf(Math.max(...scores))).toBe(0);
  });
});
