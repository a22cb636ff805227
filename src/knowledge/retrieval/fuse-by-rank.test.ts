import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fuseByRank } from "./fuse-by-rank.ts";
import type { RankedList } from "./ranked-list.ts";

const list = (leg: RankedList["leg"], ...ids: string[]): RankedList => ({
  leg,
  stage: leg,
  floor: 0,
  hits: ids.map((id, index) => ({ id, score: 10 - index })),
});

describe("reciprocal rank fusion", () => {
  it("adds 1 / (constant + rank) over the lists, ranks from 1", () => {
    const fused = fuseByRank([list("terms", "a", "b"), list("vectors", "b", "c")], { constant: 100 });
    expect(fused).toEqual([
      { id: "b", score: 1 / 102 + 1 / 101 },
      { id: "a", score: 1 / 101 },
      { id: "c", score: 1 / 102 },
    ]);
  });

  it("weighs the legs", () => {
    const fused = fuseByRank([list("terms", "a"), list("vectors", "b")], {
      constant: 60,
      weights: { terms: 1, vectors: 2 },
    });
    expect(fused.map(({ id }) => id)).toEqual(["b", "a"]);
  });

  it("gives each passage once, and the same whatever the order of the lists", () => {
    const ids = fc.uniqueArray(fc.constantFrom(..."abcdefgh"));
    fc.assert(
      fc.property(fc.array(ids, { maxLength: 4 }), (given) => {
        const lists = given.map((each) => list("terms", ...each));
        const fused = fuseByRank(lists, { constant: 60 });
        const backwards = fuseByRank([...lists].reverse(), { constant: 60 });
        expect(new Set(fused.map(({ id }) => id))).toEqual(new Set(given.flat()));
        expect(fused.length).toBe(new Set(given.flat()).size);
        const scores = new Map(backwards.map(({ id, score }) => [id, score]));
        for (const { id, score } of fused) expect(scores.get(id)).toBeCloseTo(score, 12);
      }),
    );
  });
});
