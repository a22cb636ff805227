import { describe, expect, it } from "vitest";
import type { PassageRetriever } from "./ports.ts";
import { runRetrieval } from "./retrieval.ts";

/** Finds what the table says, first what stands first. */
function retrieverOf(table: Record<string, string[]>): PassageRetriever {
  return {
    name: "table",
    search: async ({ query }) =>
      (table[query] ?? []).map((document, index) => ({ document, score: 100 - index })),
  };
}

const queries = [
  { id: "1", text: "hit first", judgments: new Map([["a", 1]]) },
  { id: "2", text: "hit second", judgments: new Map([["a", 1]]) },
  { id: "3", text: "nothing", judgments: new Map([["a", 1]]) },
  { id: "4", text: "miss", judgments: new Map([["a", 1]]) },
];
const retriever = retrieverOf({ "hit first": ["a"], "hit second": ["b", "a"], miss: ["b", "c"] });

describe("runRetrieval", () => {
  it("scores each query and means them over all, those without a hit included", async () => {
    const run = await runRetrieval({ retriever, queries, top: 100 });
    const means = Object.fromEntries(run.metrics.map(({ metric, mean }) => [metric, mean]));
    expect(Object.keys(means)).toEqual(["nDCG@10", "recall@100", "MAP@100", "MRR@10"]);
    expect(means["nDCG@10"]).toBeCloseTo((1 + 1 / Math.log2(3)) / 4, 12);
    expect(means["recall@100"]).toBe(0.5);
    expect(means["MAP@100"]).toBe(0.375);
    expect(means["MRR@10"]).toBe(0.375);
    expect(run.withoutHit).toBe(0.25);
    expect(run.queries.map(({ id, found }) => [id, found])).toEqual([
      ["1", 1],
      ["2", 2],
      ["3", 0],
      ["4", 2],
    ]);
    expect(run.queries[1]?.scores["MRR@10"]).toBe(0.5);
    expect(run.latency.p95).toBeGreaterThanOrEqual(run.latency.median);
  });

  it("gives intervals around the means, the same for the same seed", async () => {
    const run = () => runRetrieval({ retriever, queries, top: 100, seed: 5 });
    const { metrics } = await run();
    for (const { mean, interval } of metrics) {
      expect(interval![0]).toBeLessThan(mean);
      expect(interval![1]).toBeGreaterThan(mean);
    }
    expect((await run()).metrics).toEqual(metrics);
  });

  it("gives no interval for a single query", async () => {
    const { metrics } = await runRetrieval({ retriever, queries: queries.slice(0, 1), top: 100 });
    expect(metrics.map(({ interval }) => interval)).toEqual([null, null, null, null]);
  });

  it("never counts ranks that were not asked for, and says so in the names", async () => {
    const { metrics } = await runRetrieval({ retriever, queries, top: 1 });
    expect(metrics.map(({ metric, mean }) => [metric, mean])).toEqual([
      ["nDCG@1", 0.25],
      ["recall@1", 0.25],
      ["MAP@1", 0.25],
      ["MRR@1", 0.25],
    ]);
  });

  it("stops with the signal's reason", async () => {
    const controller = new AbortController();
    const reason = new Error("stop");
    const done: number[] = [];
    const run = runRetrieval({
      retriever,
      queries,
      top: 10,
      signal: controller.signal,
      onProgress: (count) => {
        done.push(count);
        if (count === 2) controller.abort(reason);
      },
    });
    await expect(run).rejects.toBe(reason);
    expect(done).toEqual([1, 2]);
  });
});
