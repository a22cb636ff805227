import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kMeans } from "./k-means.ts";
import { createRandom } from "./random.ts";

/** Points around corners far from one another. */
function pointsAround(corners: readonly [number, number][], each: number): [number, number][] {
  const random = createRandom(7);
  return corners.flatMap(([x, y]) =>
    Array.from({ length: each }, (): [number, number] => [x + random(), y + random()]),
  );
}

describe("k-means", () => {
  const corners: [number, number][] = [
    [0, 0],
    [100, 0],
    [0, 100],
    [100, 100],
  ];

  it("finds groups that lie apart, whatever the seed", () => {
    const vectors = pointsAround(corners, 20);
    for (let seed = 0; seed < 20; seed++) {
      const { assignments, centers } = kMeans({ vectors, clusters: 4, seed });
      const groups = corners.map((_, corner) => new Set(assignments.slice(corner * 20, corner * 20 + 20)));
      expect(groups.map(({ size }) => size)).toEqual([1, 1, 1, 1]);
      expect(new Set(groups.flatMap((group) => [...group])).size).toBe(4);
      expect(centers).toHaveLength(4);
    }
  });

  it("gives the same for the same seed", () => {
    const vectors = pointsAround(corners, 9);
    expect(kMeans({ vectors, clusters: 7, seed: 3 })).toEqual(kMeans({ vectors, clusters: 7, seed: 3 }));
  });

  it("makes no more centers than there are different vectors", () => {
    const vectors = [[1], [1], [2], [2]];
    const { centers, distances } = kMeans({ vectors, clusters: 5, seed: 1 });
    expect(centers.map(([value]) => value).sort()).toEqual([1, 2]);
    expect([...distances]).toEqual([0, 0, 0, 0]);
  });

  it("makes nothing of nothing and refuses vectors of different lengths", () => {
    expect(kMeans({ vectors: [], clusters: 3, seed: 1 }).centers).toEqual([]);
    expect(() => kMeans({ vectors: [[1], [1, 2]], clusters: 1, seed: 1 })).toThrow(RangeError);
  });

  it("puts every vector with its nearest center and leaves no center without one", () => {
    const points = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 6 }), fc.nat(99), (vectors, clusters, seed) => {
        const { centers, assignments, distances } = kMeans({ vectors, clusters, seed });
        for (const [index, [x, y]] of vectors.entries()) {
          const all = centers.map((center) => (x - center[0]!) ** 2 + (y - center[1]!) ** 2);
          expect(distances[index]).toBeCloseTo(Math.min(...all), 9);
          expect(all[assignments[index]!]).toBeCloseTo(Math.min(...all), 9);
        }
        expect(new Set(assignments).size).toBe(centers.length);
      }),
      { numRuns: 200 },
    );
  });
});
