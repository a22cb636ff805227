import { describe, expect, it } from "vitest";
import { createVectorIndex } from "./vector-index.ts";

const dimension = 48;

/** Unit vectors in clusters; the same seed gives the same ones. */
function clustered(count: number, seed: number): Float32Array[] {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  const centers = Array.from({ length: 50 }, () => Array.from({ length: dimension }, random));
  return Array.from({ length: count }, () => {
    const center = centers[Math.floor((random() + 0.5) * centers.length)] ?? [];
    const vector = Float32Array.from(center, (value) => value + 0.8 * random());
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  });
}

async function indexOf(vectors: readonly Float32Array[]) {
  const index = await createVectorIndex({ dimension, capacity: 10, comesFirst: (a, b) => a < b });
  for (const vector of vectors) index.add(vector);
  await index.settle(() => undefined);
  return index;
}

const cosine = (a: Float32Array, b: Float32Array) =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0) / (Math.hypot(...a) * Math.hypot(...b));

function exact(vectors: readonly Float32Array[], query: Float32Array) {
  return vectors
    .map((vector, document) => ({ document, score: cosine(vector, query) }))
    .sort((a, b) => b.score - a.score || a.document - b.document);
}

describe("an index of vectors in memory", () => {
  it("finds nearly all of the nearest among many, with their exact cosines", async () => {
    const all = clustered(3_020, 1);
    const vectors = all.slice(20);
    const index = await indexOf(vectors);
    const queries = all.slice(0, 20);
    let found = 0;
    for (const query of queries) {
      const truth = exact(vectors, query);
      for (const hit of index.search(query, 10)) {
        const own = truth.findIndex(({ document }) => document === hit.document);
        expect(hit.score).toBeCloseTo(truth[own]?.score ?? 0, 5);
        if (own < 10) found++;
      }
    }
    expect(found / (10 * queries.length)).toBeGreaterThanOrEqual(0.98);
  });

  it("compares all of a few, and puts equal ones in order", async () => {
    const vectors = clustered(200, 3);
    const index = await indexOf([...vectors, ...vectors.slice(0, 5)]);
    const query = vectors[4] ?? new Float32Array();
    const expected = exact([...vectors, ...vectors.slice(0, 5)], query).slice(0, 20);
    const found = index.search(query, 20);
    expect(found.slice(0, 2).map(({ document }) => document)).toEqual([4, 204]);
    expect(new Set(found.map(({ document }) => document))).toEqual(
      new Set(expected.map(({ document }) => document)),
    );
  });

  it("does not mind how long the vectors are", async () => {
    const vectors = clustered(100, 4);
    const index = await indexOf(vectors.map((vector, at) => vector.map((value) => value * (1 + at))));
    const query = vectors[50] ?? new Float32Array();
    expect(
      index.search(
        query.map((value) => value * 7),
        1,
      )[0],
    ).toMatchObject({ document: 50 });
    expect(index.search(query, 1)[0]?.score).toBeCloseTo(1, 5);
  });

  it("finds nothing in nothing", async () => {
    expect((await indexOf([])).search(new Float32Array(dimension), 3)).toEqual([]);
  });
});
