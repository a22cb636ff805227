import { describe, expect, it } from "vitest";
import { fuseByScore } from "./fuse-by-score.ts";
import type { RankedList } from "./ranked-list.ts";

const weights = { terms: 0.6, vectors: 0.4 };
const terms: RankedList = {
  leg: "terms",
  stage: "bm25",
  floor: 4,
  hits: [
    { id: "a", score: 12 },
    { id: "b", score: 8 },
  ],
};
const vectors: RankedList = {
  leg: "vectors",
  stage: "dense",
  floor: 0.3,
  hits: [
    { id: "b", score: 0.7 },
    { id: "c", score: 0.4 },
  ],
};
const scores = (lists: readonly RankedList[]) =>
  Object.fromEntries(fuseByScore(lists, { weights }).map(({ id, score }) => [id, Number(score.toFixed(9))]));

describe("fusion by score", () => {
  it("stretches each list from its floor to its best and adds what the legs weigh", () => {
    expect(scores([terms, vectors])).toEqual({ b: 0.7, a: 0.6, c: 0.1 });
    expect(fuseByScore([terms, vectors], { weights })[0]?.id).toBe("b");
  });

  it("lets several lists of one leg share its weight", () => {
    expect(scores([terms, vectors, vectors])).toEqual(scores([terms, vectors]));
  });

  it("takes a list whose passages are all alike, and an empty one", () => {
    const alike = { ...vectors, floor: 0.7, hits: [{ id: "b", score: 0.7 }] };
    expect(scores([alike, { ...terms, hits: [] }])).toEqual({ b: 0.4 });
    expect(fuseByScore([], { weights })).toEqual([]);
  });
});
