import { describe, expect, it } from "vitest";
import { rankWithTies } from "./ranking.ts";

/** A store that gives the best by score and equal scores in the order they were put in. */
const storeOf = (scores: readonly (readonly [string, number])[]) => {
  const hits = scores.map(([id, score]) => ({ row: { id }, score })).sort((a, b) => b.score - a.score);
  return async (top: number) => hits.slice(0, top);
};

const ids = async (top: number, scores: readonly (readonly [string, number])[]) =>
  (await rankWithTies(top, storeOf(scores))).map(({ row }) => row.id);

describe("hits in a store's order", () => {
  it("are put in the order of their ids where they tie", async () => {
    expect(
      await ids(3, [
        ["c", 1],
        ["b", 2],
        ["a", 1],
      ]),
    ).toEqual(["b", "a", "c"]);
  });

  it("give way to lower ids with the same score that the store puts behind the cut", async () => {
    const tied = Array.from({ length: 100 }, (_, n) => [`x${String(99 - n).padStart(2, "0")}`, 1] as const);
    expect(await ids(3, [["top", 2], ...tied, ["last", 0]])).toEqual(["top", "x00", "x01"]);
  });

  it("are as many as there are, or as were asked for", async () => {
    expect(await ids(5, [["a", 1]])).toEqual(["a"]);
    expect(await ids(0, [["a", 1]])).toEqual([]);
    expect(await ids(1, [])).toEqual([]);
  });

  it("stop asking within a tie without end", async () => {
    let most = 0;
    const endless = async (top: number) => {
      most = Math.max(most, top);
      return Array.from({ length: top }, (_, n) => ({ row: { id: `${n}` }, score: 1 }));
    };
    expect(await rankWithTies(2, endless)).toHaveLength(2);
    expect(most).toBeLessThan(10_000);
  });
});
