import { readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "#statistics";
import type { JudgedRanking } from "../case-metric.ts";
import { judgeRanking } from "../judge-ranking.ts";
import { createLabelOverlap } from "../label-overlap.ts";
import { randomRanking } from "../random-ranking.ts";
import { caseMetricFamilies } from "./list.ts";

const options = { votes: [1, 5, 11], precisionOver: "k" } as const;
const metrics = caseMetricFamilies.flatMap((family) => family(options));

function judge(labels: readonly (readonly string[])[], order: readonly number[]): JudgedRanking {
  const cases = labels.map((own, index) => ({
    id: String(index),
    labels: own,
    class: own[0],
    patient: "",
    slide: "",
  }));
  return judgeRanking({
    cases,
    query: 0,
    ranked: order.map((position, rank) => ({ position, score: 1 - rank / 100 })),
    candidates: [...cases.keys()].slice(1),
    overlap: createLabelOverlap(cases),
  });
}

const scoresOf = (ranking: JudgedRanking) =>
  Object.fromEntries(metrics.map(({ name, score }) => [name, score(ranking)]));

describe("the metrics of similar cases", () => {
  it("are every file of this folder once, by names of their own", () => {
    const files = readdirSync(import.meta.dirname).filter((file) => /^(?!list)[a-z-]+\.ts$/.test(file));
    expect(new Set(caseMetricFamilies).size).toBe(files.length);
    const names = metrics.flatMap(({ name, byClass }) => [name, byClass]);
    expect(new Set(names).size).toBe(names.length);
  });

  it("score a ranking as by hand", () => {
    // The query has a and b. Overlaps of the library's cases: {a b} 1, {a} 1/2, {c} 0, {b c} 1/3, {c} 0.
    const ranking = judge([["a", "b"], ["a", "b"], ["a"], ["c"], ["b", "c"], ["c"]], [3, 2, 1, 5, 4]);
    // Gains 2^o − 1: 0.4142 at rank 2, 1 at 3, 0.2599 at 5; best order 1, 0.4142, 0.2599.
    const gain = 0.414_214 / 1.584_963 + 1 / 2 + 0.259_921 / 2.584_963;
    const best = 1 + 0.414_214 / 1.584_963 + 0.259_921 / 2;
    const scores = scoresOf(ranking);
    expect(scores).toMatchObject({
      "P@1": 0,
      "P@5": 3 / 5,
      "P@10": 3 / 10,
      "accuracy@1": 0,
    });
    expect(scores.mAP).toBeCloseTo((1 / 2 + 2 / 3 + 3 / 5) / 3, 12);
    expect(scores["mAP, same labels"]).toBeCloseTo(1 / 3, 12);
    expect(scores["nDCG@10"]).toBeCloseTo(gain / best, 5);
  });

  it("are 1 for a perfect ranking", () => {
    const labels = [["a"], ...Array.from({ length: 12 }, () => ["a"]), ["b"], ["c"]];
    for (const score of Object.values(scoresOf(judge(labels, [...labels.keys()].slice(1))))) {
      expect(score).toBe(1);
    }
  });

  it("divide precision by the number of relevant cases where asked to", () => {
    const [precision] = caseMetricFamilies;
    const atFive = precision?.({ ...options, precisionOver: "relevant" })[1];
    expect(atFive?.score(judge([["a"], ["b"], ["a"], ["a"]], [2, 1, 3]))).toBe(1);
    expect(atFive?.score(judge([["a"], ["b"], ["a"], ["a"]], [2, 1]))).toBe(1 / 2);
  });

  it("say nothing of a query that nothing is relevant to, but count its vote", () => {
    expect(scoresOf(judge([["a"], ["b"], ["b"]], [1, 2]))).toEqual({
      ...Object.fromEntries(metrics.map(({ name }) => [name, undefined])),
      "accuracy@1": 0,
      "accuracy@5": 0,
      "accuracy@11": 0,
    });
    expect(Object.values(scoresOf(judge([[], ["b"]], [1]))).filter((score) => score !== undefined)).toEqual(
      [],
    );
  });

  it("equal their naive definitions, lie in 0 to 1 and never fall where a better case is ranked first", () => {
    const label = fc.constantFrom("a", "b", "c", "d");
    const labels = fc.array(fc.uniqueArray(label, { maxLength: 3 }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(labels, fc.integer(), (sets, seed) => {
        const library = [...sets.keys()].slice(1);
        const order = library.toSorted((a, b) => Math.sin(a * seed) - Math.sin(b * seed));
        const scores = scoresOf(judge(sets, order));
        expect(scores).toEqual(naiveScores(sets, order));
        for (const score of Object.values(scores)) if (score !== undefined) expect(inRange(score)).toBe(true);
        const own = new Set(sets[0]);
        const sorted = order.toSorted(
          (a, b) => jaccard(own, new Set(sets[b])) - jaccard(own, new Set(sets[a])),
        );
        const best = scoresOf(judge(sets, sorted));
        for (const name of ["P@1", "P@5", "P@10", "mAP", "mAP, same labels", "nDCG@10"]) {
          expect((best[name] ?? 0) + 1e-12).toBeGreaterThanOrEqual(scores[name] ?? 0);
        }
      }),
    );
  });

  it("have the expected values of a random order on the average", () => {
    const sets = [["a"], ...Array.from({ length: 30 }, (_, index) => (index % 3 === 0 ? ["a"] : ["b"]))];
    const random = createRandom(1);
    const positions = [...sets.keys()].slice(1);
    const draws = 4_000;
    const sums: Record<string, number> = {};
    for (let draw = 0; draw < draws; draw++) {
      const order = randomRanking({ positions, top: 30, random }).map(({ position }) => position);
      for (const [name, score] of Object.entries(scoresOf(judge(sets, order)))) {
        sums[name] = (sums[name] ?? 0) + (score ?? 0) / draws;
      }
    }
    const [relevant, all] = [10, 30];
    const harmonic = Array.from({ length: all }, (_, index) => 1 / (index + 1)).reduce((a, b) => a + b);
    // E[AP] = (1/N) (H_N + (N − H_N) (R − 1) / (N − 1)).
    const expected = (harmonic + ((all - harmonic) * (relevant - 1)) / (all - 1)) / all;
    expect(sums.mAP).toBeCloseTo(expected, 1.7);
    for (const name of ["P@1", "P@5", "P@10", "accuracy@1"]) {
      expect(Math.abs((sums[name] ?? 0) - relevant / all)).toBeLessThan(0.03);
    }
  });
});

const inRange = (value: number) => value >= 0 && value <= 1;

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((label) => b.has(label)).length;
  return shared === 0 ? 0 : shared / new Set([...a, ...b]).size;
}

/** Straight from the definitions, without regard to speed. */
function naiveScores(sets: readonly (readonly string[])[], order: readonly number[]) {
  const own = new Set(sets[0]);
  const grade = (position: number) => jaccard(own, new Set(sets[position]));
  const relevant = order.filter((position) => grade(position) > 0);
  const defined = (value: number) => (relevant.length === 0 ? undefined : value);
  const precisionAt = (k: number) => order.slice(0, k).filter((position) => grade(position) > 0).length / k;
  const averaged = (isHit: (position: number) => boolean) => {
    const hits = order.filter(isHit);
    if (hits.length === 0) return undefined;
    let sum = 0;
    for (const hit of hits) {
      const rank = order.indexOf(hit) + 1;
      sum += order.slice(0, rank).filter(isHit).length / rank;
    }
    return sum / hits.length;
  };
  const gain = (positions: readonly number[]) => {
    let sum = 0;
    for (const [index, position] of positions.slice(0, 10).entries()) {
      sum += (2 ** grade(position) - 1) / Math.log2(index + 2);
    }
    return sum;
  };
  const ideal = order.toSorted((a, b) => grade(b) - grade(a));
  const voted = (k: number) => {
    if (sets[0]?.[0] === undefined) return undefined;
    const votes = new Map<string, [number, number]>();
    for (const [rank, position] of order.slice(0, k).entries()) {
      const name = sets[position]?.[0];
      if (name === undefined) continue;
      const [count, similarity] = votes.get(name) ?? [0, 0];
      votes.set(name, [count + 1, similarity + (1 - rank / 100)]);
    }
    const [best] = [...votes].sort(
      ([a, [countA, sumA]], [b, [countB, sumB]]) => countB - countA || sumB - sumA || (a < b ? -1 : 1),
    );
    return best?.[0] === sets[0][0] ? 1 : 0;
  };
  return {
    "P@1": defined(precisionAt(1)),
    "P@5": defined(precisionAt(5)),
    "P@10": defined(precisionAt(10)),
    mAP: averaged((position) => grade(position) > 0),
    "mAP, same labels": averaged((position) => grade(position) === 1),
    "nDCG@10": defined(gain(order) / gain(ideal)),
    "accuracy@1": voted(1),
    "accuracy@5": voted(5),
    "accuracy@11": voted(11),
  };
}
