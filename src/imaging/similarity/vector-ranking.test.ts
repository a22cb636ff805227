import { describe, expect, it } from "vitest";
import { subsetOf } from "./case-filter.ts";
import { createVectorRanking } from "./vector-ranking.ts";

// More than are compared one by one, so that USearch names the candidates.
const size = 30_000;
const dimension = 4;

/** Unit vectors whose cosines are exact in float32, or, where `grain` is finer, nearly all different. */
function vectorsOf(grain: number): Float32Array[] {
  return Array.from({ length: size }, (_, n) => {
    const hash = (salt: number) => (Math.imul(n + 1, 0x9e37_79b1 + 2 * salt) >>> 8) % grain;
    if (grain === 2)
      return Float32Array.from({ length: dimension }, (_, at) => (hash(at * 977) ? 0.5 : -0.5));
    const numbers = Array.from({ length: dimension }, (_, at) => hash(at * 977) / grain - 0.5);
    const length = Math.hypot(...numbers);
    return Float32Array.from(numbers, (value) => value / length);
  });
}

/** What the ranking must give. */
function sortAll(vectors: readonly Float32Array[], queries: readonly Float32Array[], mask: Uint8Array) {
  const dot = (a: Float32Array, b: Float32Array) =>
    a[0]! * b[0]! + a[2]! * b[2]! + (a[1]! * b[1]! + a[3]! * b[3]!);
  return vectors
    .map((vector, position) => {
      const score = Math.min(1, Math.max(...queries.map((query) => dot(vector, query))));
      return { position, score };
    })
    .filter(({ position }) => mask[position] === 1)
    .sort((a, b) => b.score - a.score || b.position - a.position);
}

/** The later case comes first, so that a test sees that ties are not broken by chance. */
const comesFirst = (a: number, b: number) => a > b;

const masks: [string, (n: number) => boolean][] = [
  ["all cases", () => true],
  ["all but a few", (n) => n % 1000 !== 7],
  ["most", (n) => n % 16 !== 3],
  ["one in a hundred", (n) => n % 100 === 3],
  ["none", () => false],
];

describe.each([
  ["vectors that differ", 4001],
  ["vectors of which many are the same", 2],
])("the ranking of %s", async (_, grain) => {
  const vectors = vectorsOf(grain);
  const ranking = await createVectorRanking({ vectors, size, dimension, comesFirst });
  const queries = [vectors[5]!, vectors[77]!];

  it.each(masks)("gives the same as sorting them, of %s", (_, keep) => {
    const mask = Uint8Array.from({ length: size }, (_, n) => (keep(n) ? 1 : 0));
    const subset = subsetOf(mask);
    for (const asked of [queries.slice(0, 1), queries, [vectors[5]!, vectors[5]!]]) {
      const expected = sortAll(vectors, asked, mask);
      for (const top of [1, 20, 9_000]) {
        expect(ranking.rank({ queries: asked, subset, top })).toEqual(expected.slice(0, top));
      }
    }
  });

  it("leaves out the nearest where they do not count", () => {
    const query = vectors[5]!;
    const everything = sortAll(vectors, [query], new Uint8Array(size).fill(1));
    const mask = new Uint8Array(size).fill(1);
    for (const { position } of everything.slice(0, 3_000)) mask[position] = 0;
    const found = ranking.rank({ queries: [query], subset: subsetOf(mask), top: 20 });
    expect(found).toEqual(everything.slice(3_000, 3_020));
  });
});

describe("the ranking", () => {
  it("leaves out cases without a vector, even where all others point away", async () => {
    const vectors = [undefined, Float32Array.of(-1, 0), undefined];
    const ranking = await createVectorRanking({ vectors, size: 4, dimension: 2, comesFirst });
    const found = ranking.rank({
      ...{ queries: [Float32Array.of(1, 0)], subset: subsetOf(new Uint8Array(4).fill(1)), top: 9 },
    });
    expect(found).toEqual([{ position: 1, score: -1 }]);
  });

  it("gives nothing where no case has a vector or none is asked for", async () => {
    const subset = subsetOf(new Uint8Array(1).fill(1));
    const empty = await createVectorRanking({ vectors: [], size: 1, dimension: 0, comesFirst });
    expect(empty.rank({ queries: [Float32Array.of(1)], subset, top: 9 })).toEqual([]);
    const vectors = [Float32Array.of(1)];
    const full = await createVectorRanking({ vectors, size: 1, dimension: 1, comesFirst });
    expect(full.rank({ queries: vectors, subset, top: 0 })).toEqual([]);
    expect(full.rank({ queries: [], subset, top: 1 })).toEqual([]);
  });
});
