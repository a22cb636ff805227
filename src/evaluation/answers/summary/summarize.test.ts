import { describe, expect, it } from "vitest";
import { createRandom } from "#statistics";
import { accuracy } from "../metrics/accuracy.ts";
import { answerMetrics } from "../metrics/list.ts";
import { tokensPerCorrect } from "../metrics/tokens-per-correct.ts";
import { makeAnswer, makeChoice } from "../test-scored.ts";
import { bundleRows } from "./bundle-rows.ts";
import { summarize } from "./summarize.ts";

const random = createRandom(3);
const samples = Array.from({ length: 60 }, (_, index) =>
  makeChoice(
    { gold: index % 3, said: random() < 0.7 ? index % 3 : (index + 1) % 3 },
    { sample: `s${index}`, group: `patient ${index % 25}` },
  ),
);

describe("the summary of an arm", () => {
  it("gives each figure with its interval, how many samples count, and in how many groups", () => {
    const [figure] = summarize(samples, [accuracy], { seed: 1 });
    const right = samples.filter(({ correct }) => correct === 1).length;
    expect(figure).toMatchObject({ name: "accuracy", samples: 60, of: 60, clusters: 25, warnings: [] });
    expect(figure?.value).toBeCloseTo(right / 60, 12);
    const [low = 0, high = 0] = figure?.interval ?? [];
    expect(low).toBeLessThan(right / 60);
    expect(high).toBeGreaterThan(right / 60);
  });

  it("gives a share of all or none an interval that leaves room for another outcome", () => {
    const right = Array.from({ length: 40 }, (_, index) =>
      makeChoice({ gold: 0, said: 0 }, { sample: `s${index}`, group: `patient ${index % 20}` }),
    );
    const figures = summarize(right, answerMetrics, { seed: 1, resamples: 50 });
    const intervalOf = (name: string) => figures.find((figure) => figure.name === name)?.interval;
    // SciPy's binomtest(20, 20).proportion_ci(method="wilson").
    expect(intervalOf("accuracy")).toEqual([expect.closeTo(0.8388748, 6), 1]);
    expect(intervalOf("unparsed-rate")).toEqual([0, expect.closeTo(0.1611252, 6)]);
    expect(intervalOf("position-bias")).toEqual([0, 0]);
  });

  it("gives the same figures for the same samples in any order", () => {
    const options = { seed: 7, resamples: 300 };
    const first = summarize(samples, answerMetrics, options);
    expect(summarize(samples.toReversed(), answerMetrics, options)).toEqual(first);
    expect(first.map(({ name }) => name)).toContain("macro-f1");
    expect(first.map(({ name }) => name)).not.toContain("brier-score");
  });

  it("shows coverage: failed samples are in no figure but the share of those that failed", () => {
    const failed = { ...samples[0]!, sample: "x", extraction: null, answer: null, correct: null };
    const figures = summarize([...samples, failed], answerMetrics, { seed: 1, resamples: 50 });
    expect(figures.find(({ name }) => name === "accuracy")).toMatchObject({ samples: 60, of: 61 });
    expect(figures.find(({ name }) => name === "failure-rate")?.value).toBeCloseTo(1 / 61, 12);
  });

  it("warns of few samples and of few groups", () => {
    const warned = (count: number, group?: string) =>
      summarize(
        samples.slice(0, count).map((sample) => ({ ...sample, group: group ?? sample.sample })),
        [accuracy],
        { seed: 1 },
      )[0];
    expect(warned(29)?.warnings).toEqual(["Only 29 samples: the figure says little."]);
    expect(warned(30)?.warnings).toEqual([]);
    expect(warned(40, "one")).toMatchObject({
      interval: null,
      warnings: ["Only 1 independent groups: the interval may be too narrow."],
    });
  });

  it("has null and no interval where a figure cannot be told, and leaves out what does not apply", () => {
    const usage = { inputTokens: 5, outputTokens: 5, costMicrodollars: null };
    const wrong = [0, 1].map((index) =>
      makeChoice({ gold: 0, said: 1 }, { sample: `${index}`, answer: makeAnswer({ usage }) }),
    );
    expect(summarize(wrong, [tokensPerCorrect], { seed: 1 })).toMatchObject([
      { value: null, interval: null },
    ]);
    expect(summarize(samples, [tokensPerCorrect], { seed: 1 })).toEqual([]);
    expect(summarize([], answerMetrics, { seed: 1 })).toEqual([]);
  });

  it("shows the mean of what a judge of the user's own measured, over those that it could", () => {
    const measured = samples.map((sample, index) => ({
      ...sample,
      measures: { "my-judge": index % 2 === 0 ? 0.5 : { missing: "No reply." } },
    }));
    const [, own] = summarize(measured, [accuracy], { seed: 1 });
    expect(own).toMatchObject({ name: "my-judge", value: 0.5, samples: 30, of: 60 });
  });
});

describe("bundles of rows", () => {
  it("keep the sums, and how they vary", () => {
    const draw = createRandom(2);
    const rows = Array.from({ length: 20_000 }, () => Float64Array.of(draw() < 0.3 ? 1 : 0, 1));
    const bundles = bundleRows(rows, { most: 500, random: draw });
    expect(bundles).toHaveLength(500);
    const total = (all: readonly Float64Array[]) => all.reduce((sum, [value = 0]) => sum + value, 0);
    expect(total(bundles)).toBe(total(rows));
    const spread = (all: readonly Float64Array[]) => {
      const share = total(all) / 20_000;
      return all.reduce((sum, [value = 0, count = 0]) => sum + (value - share * count) ** 2, 0);
    };
    expect(spread(bundles) / spread(rows)).toBeGreaterThan(0.85);
    expect(spread(bundles) / spread(rows)).toBeLessThan(1.15);
    expect(bundleRows(rows.slice(0, 9), { most: 500, random: draw })).toHaveLength(9);
  });

  it("let 50,000 samples be summarized in bounded time", () => {
    const many = Array.from({ length: 50_000 }, (_, index) => ({
      ...samples[index % samples.length]!,
      ...{ sample: `m${index}`, group: `m${index}` },
    }));
    const start = performance.now();
    summarize(many, answerMetrics, { seed: 1 });
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});
