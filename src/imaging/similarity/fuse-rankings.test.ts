import { describe, expect, it } from "vitest";
import { fuseRankings } from "./fuse-rankings.ts";

const comesFirst = (a: number, b: number) => a < b;
const ranked = (...positions: number[]) => positions.map((position, at) => ({ position, score: 9 - at }));

describe("the fusion of rankings of cases", () => {
  it("adds weight / (60 + rank) over the lists, and tells each case's stages", () => {
    const lists = [
      { stage: "images" as const, weight: 1, ranked: ranked(7, 3) },
      { stage: "terms" as const, weight: 2, ranked: ranked(3) },
    ];
    expect(fuseRankings(lists, comesFirst)).toEqual([
      {
        position: 3,
        score: 1 / 62 + 2 / 61,
        stages: [
          { stage: "images", rank: 2, score: 8 },
          { stage: "terms", rank: 1, score: 9 },
        ],
      },
      { position: 7, score: 1 / 61, stages: [{ stage: "images", rank: 1, score: 9 }] },
    ]);
  });

  it("breaks ties by what comes first, whatever the order of the lists", () => {
    const lists = [ranked(5), ranked(2)].map((list) => ({
      ...{ stage: "vector" as const, weight: 1, ranked: list },
    }));
    for (const given of [lists, [...lists].reverse()]) {
      expect(fuseRankings(given, comesFirst).map(({ position }) => position)).toEqual([2, 5]);
    }
  });

  it("takes lists without cases", () => {
    expect(fuseRankings([{ stage: "terms", weight: 1, ranked: [] }], comesFirst)).toEqual([]);
  });
});
