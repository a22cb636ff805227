import { describe, expect, it } from "vitest";
import { compareRuns } from "./compare-runs.ts";
import type { RetrievalRun } from "./retrieval.ts";

function runOf(retriever: string, scores: readonly number[]): RetrievalRun {
  return {
    retriever,
    top: 100,
    metrics: [{ metric: "MRR@10", mean: 0, interval: null }],
    latency: { median: 1, p95: 1 },
    withoutHit: 0,
    queries: scores.map((score, index) => ({
      id: String(index),
      found: 1,
      milliseconds: 1,
      scores: { "MRR@10": score },
    })),
  };
}

describe("compareRuns", () => {
  it("tells a clear difference: second minus first, with an interval that does not include zero", () => {
    const first = runOf("low", [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]);
    const second = runOf("high", [0.3, 0.5, 0.6, 0.6, 0.8, 0.9]);
    const { metrics, ...names } = compareRuns({ first, second });
    expect(names).toEqual({ first: "low", second: "high" });
    // Differences 0.2, 0.3, 0.3, 0.2, 0.3, 0.3: all signs alike, so p is 2 / 2⁶.
    expect(metrics[0]).toMatchObject({
      metric: "MRR@10",
      pValue: 0.03125,
      conclusion: "excludes zero",
    });
    expect(metrics[0]?.difference).toBeCloseTo(1.6 / 6, 12);
    expect(compareRuns({ first: second, second: first }).metrics[0]?.difference).toBeCloseTo(-1.6 / 6, 12);
  });

  it("says that the interval includes zero where the runs do not differ, or either way", () => {
    const first = runOf("one", [0.1, 0.9, 0.5, 0.3]);
    for (const second of [first, runOf("other", [0.9, 0.1, 0.3, 0.5])]) {
      const [metric] = compareRuns({ first, second }).metrics;
      expect(metric?.conclusion).toBe("includes zero");
      expect(metric?.pValue).toBe(1);
    }
  });

  it("pairs by query, not by place", () => {
    const first = runOf("one", [0.1, 0.9, 0.5]);
    const second = { ...first, queries: first.queries.toReversed() };
    expect(compareRuns({ first, second }).metrics[0]).toMatchObject({ difference: 0, interval: [0, 0] });
  });

  it("gives no interval for a single query", () => {
    const [metric] = compareRuns({ first: runOf("one", [0.1]), second: runOf("two", [0.2]) }).metrics;
    expect(metric).toMatchObject({
      interval: null,
      pValue: 1,
      conclusion: "of a single query",
    });
  });

  it("refuses runs over other queries or without a metric", () => {
    const first = runOf("one", [0.1, 0.2]);
    expect(() => compareRuns({ first, second: runOf("two", [0.1]) })).toThrow(RangeError);
    const other = { ...first, queries: first.queries.map((query) => ({ ...query, id: `x${query.id}` })) };
    expect(() => compareRuns({ first, second: other })).toThrow(RangeError);
    const without = { ...first, queries: first.queries.map((query) => ({ ...query, scores: {} })) };
    expect(() => compareRuns({ first, second: without })).toThrow("MRR@10");
  });
});
