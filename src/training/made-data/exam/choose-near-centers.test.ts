import { describe, expect, it } from "vitest";
import { chooseNearCenters } from "./choose-near-centers.ts";

describe("images near the centers of their groups", () => {
  it("are the most typical of each group, as many as asked for", () => {
    const vectors = [0, 1, 2, 50, 100, 101, 102].map((value) => [value]);
    expect(chooseNearCenters({ vectors, clusters: 3, each: 1, seed: 1 })).toEqual([1, 3, 5]);
    expect(chooseNearCenters({ vectors, clusters: 3, each: 9, seed: 1 })).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(chooseNearCenters({ vectors: [], clusters: 3, each: 9, seed: 1 })).toEqual([]);
  });
});
