import { createTextEmbedder } from "#models";
import { createRandom } from "#statistics";
import { exportMiniLm } from "../test/support/onnx/export-minilm.ts";
import { readQuestions, readTexts } from "./texts-at-hand.ts";

/** Passages that are embedded for real; the others are these with noise. */
const embeddedTexts = 20_000;
const questionCount = 500;
/** Noise a number of a vector of 384, so that a copy's cosine with its original is about 0.9. */
const noise = 0.025;

export type TextsWithVectors = {
  texts: string[];
  /** Unit vectors, row by row. */
  vectors: Float32Array;
  questions: string[];
  questionVectors: Float32Array;
  dimension: number;
  /** The model's folder, as a source of an embedder. */
  source: string;
};

/**
 * Real passages with their vectors by all-MiniLM-L6-v2, repeated with noise up to `count`: the n-th copy of a text says so, and its
 * vector is the original's with Gaussian noise. Vectors that were made before come from the cache.
 */
export async function textsWithVectors(request: {
  data: string;
  count: number;
  cacheFolder: string;
}): Promise<TextsWithVectors> {
  const { data, count, cacheFolder } = request;
  const source = `onnx:${await exportMiniLm()}`;
  await using embedder = await createTextEmbedder({ source, cacheFolder });
  const { dimension } = embedder;
  const originals = (await readTexts(data)).slice(0, Math.min(embeddedTexts, count));
  const questions = await readQuestions(data, questionCount);
  const vectors = new Float32Array(count * dimension);
  for (let start = 0; start < originals.length; start += 1_000) {
    const batch = originals.slice(start, start + 1_000).map((text) => ({ title: "", text }));
    for (const [index, vector] of (await embedder.embedPassages(batch)).entries())
      vectors.set(vector, (start + index) * dimension);
    process.stderr.write(`\rEmbedded ${Math.min(start + 1_000, originals.length)} of ${originals.length}`);
  }
  process.stderr.write("\n");
  const random = createRandom(11);
  for (let row = originals.length; row < count; row++) {
    const original = row % originals.length;
    const copy = vectors.subarray(row * dimension, (row + 1) * dimension);
    copy.set(vectors.subarray(original * dimension, (original + 1) * dimension));
    addNoise(copy, random);
  }
  const texts = Array.from({ length: count }, (_, row) => {
    const text = originals[row % originals.length] ?? "";
    const copy = Math.floor(row / originals.length);
    return copy === 0 ? text : `${shuffled(text, random)} copy${copy}`;
  });
  const questionVectors = Float32Array.from(
    (await embedder.embedQueries(questions)).flatMap((vector) => [...vector]),
  );
  return { texts, vectors, questions, questionVectors, dimension, source };
}

function addNoise(vector: Float32Array, random: () => number): void {
  let sum = 0;
  for (let at = 0; at < vector.length; at++) {
    const uniform = random() + random() + random() + random() - 2;
    const value = (vector[at] ?? 0) + noise * Math.sqrt(3) * uniform;
    vector[at] = value;
    sum += value * value;
  }
  const factor = 1 / Math.sqrt(sum);
  for (let at = 0; at < vector.length; at++) vector[at] = (vector[at] ?? 0) * factor;
}

/** The text with a tenth of its words left out: other lengths and frequencies, the same vocabulary. */
function shuffled(text: string, random: () => number): string {
  return text
    .split(" ")
    .filter(() => random() > 0.1)
    .join(" ");
}
