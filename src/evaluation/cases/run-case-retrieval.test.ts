import { describe, expect, it } from "vitest";
import { compareCaseRuns } from "./compare-case-runs.ts";
import type { EvaluatedCase } from "./evaluated-case.ts";
import type { CaseRetriever } from "./ports.ts";
import { runCaseRetrieval } from "./run-case-retrieval.ts";
import { splitCases } from "./split-cases.ts";

const cases: EvaluatedCase[] = Array.from({ length: 80 }, (_, index) => ({
  id: `c${index}`,
  labels: [index % 4 === 0 ? "rare" : "common"],
  class: index % 4 === 0 ? "rare" : "common",
  patient: `p${Math.floor(index / 2)}`,
  slide: "",
  part: index < 40 ? "PA" : undefined,
}));
const groups = cases.map(({ patient }) => patient);
const splits = splitCases({ cases, groups, count: 4, seed: 1 });

/** Finds what has the query's class before all others, except for every `miss`th query. */
function oracle(name: string, miss = Number.POSITIVE_INFINITY): CaseRetriever {
  return {
    name,
    prepare: async (library) => ({
      rank: async ({ query, top }) => {
        const candidates = library.filter((position) => position !== 7);
        const sign = (query + 1) % miss === 0 ? -1 : 1;
        const scored = candidates.map((position) => ({
          position,
          score: sign * (cases[position]?.class === cases[query]?.class ? 1 : 0) - position / 1000,
        }));
        return {
          ranked: scored.sort((a, b) => b.score - a.score).slice(0, top),
          candidates,
          excluded: {
            sameImage: 0,
            nearIdentical: library.length - candidates.length,
            samePatient: 0,
            sameSlide: 0,
          },
          milliseconds: query,
        };
      },
    }),
  };
}

const request = { cases, groups, splits, votes: [1, 11], seed: 1 };
const means = (figures: readonly { metric: string; mean: number }[]) =>
  Object.fromEntries(figures.map(({ metric, mean }) => [metric, mean]));

describe("runCaseRetrieval", () => {
  it("gives a retriever that knows the answer 1 in each figure, and the baselines what chance and the majority give", async () => {
    const run = await runCaseRetrieval({ ...request, retriever: oracle("oracle") });
    expect(new Set(run.figures.map(({ mean }) => mean))).toEqual(new Set([1]));
    const [random, majority] = run.baselines.map(({ figures }) => means(figures));
    expect(random?.["P@10"]).toBeGreaterThan(0.55);
    expect(random?.["P@10"]).toBeLessThan(0.7);
    expect(majority).toEqual({
      "accuracy@1": expect.closeTo(0.75, 1),
      "balanced accuracy@1": 0.5,
      "accuracy@11": expect.closeTo(0.75, 1),
      "balanced accuracy@11": 0.5,
    });
  });

  it("tells images and patients, votes by class, what was left out, parts, latency and every query", async () => {
    const { figures, votes, excluded, within, latency, queries } = await runCaseRetrieval({
      ...request,
      retriever: oracle("oracle"),
    });
    const asked = splits.flatMap((split) => split.queries);
    expect(figures[0]).toMatchObject({
      metric: "P@1",
      interval: [1, 1],
      images: new Set(asked).size,
      clusters: new Set(asked.map((position) => groups[position])).size,
    });
    expect(votes[1]?.classes.map(({ class: name, recall }) => [name, recall])).toEqual([
      ["common", 1],
      ["rare", 1],
    ]);
    const touched = splits.filter(({ library }) => library.includes(7)).flatMap((split) => split.queries);
    expect(excluded).toEqual({
      sameImage: 0,
      nearIdentical: touched.length,
      samePatient: 0,
      sameSlide: 0,
      touched: touched.length / asked.length,
    });
    expect(within.map(({ value }) => value)).toEqual(["PA"]);
    expect(within[0]?.figures[0]?.images).toBe(new Set(asked.filter((position) => position < 40)).size);
    expect(latency.p95).toBeGreaterThan(latency.median);
    expect(queries).toHaveLength(asked.length);
    expect(queries[0]).toMatchObject({
      split: 0,
      id: `c${asked[0]}`,
      votes: [{ k: 1, predicted: cases[asked[0] ?? 0]?.class }, { k: 11 }],
      scores: { "P@1": 1 },
    });
    expect(queries[0]?.found).toHaveLength(10);
  });

  it("gives the same figures for the same seed", async () => {
    const run = () => runCaseRetrieval({ ...request, retriever: oracle("oracle", 3) });
    expect(await run()).toEqual(await run());
  });

  it("stops where it is aborted", async () => {
    const controller = new AbortController();
    const reason = new Error("stop");
    const run = runCaseRetrieval({
      ...request,
      retriever: oracle("oracle"),
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    });
    await expect(run).rejects.toBe(reason);
  });
});

describe("compareCaseRuns", () => {
  it("pairs queries and tells the difference of each figure with its interval", async () => {
    const first = await runCaseRetrieval({ ...request, retriever: oracle("worse", 3) });
    const second = await runCaseRetrieval({ ...request, retriever: oracle("better") });
    const { differences, ...names } = compareCaseRuns({ first, second, seed: 1 });
    expect(names).toEqual({ first: "worse", second: "better" });
    for (const [index, { metric, mean, conclusion }] of differences.entries()) {
      const before = first.figures[index];
      expect(metric).toBe(before?.metric);
      expect(mean).toBeCloseTo(1 - (before?.mean ?? 0), 9);
      expect(conclusion).toBe("excludes zero");
    }
    expect(compareCaseRuns({ first, second: first, seed: 1 }).differences[0]).toMatchObject({
      mean: 0,
      interval: [0, 0],
      conclusion: "includes zero",
    });
  });

  it("refuses runs over other queries", async () => {
    const first = await runCaseRetrieval({ ...request, retriever: oracle("one") });
    const second = { ...first, queries: first.queries.slice(1) };
    expect(() => compareCaseRuns({ first, second, seed: 1 })).toThrow(RangeError);
  });
});
