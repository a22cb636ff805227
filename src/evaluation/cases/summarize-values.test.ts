import { describe, expect, it } from "vitest";
import { createRandom } from "#statistics";
import { type ScoredQuery, summarizeValues } from "./summarize-values.ts";

function scored(given: Partial<ScoredQuery> & { value: number }): ScoredQuery {
  return { cluster: String(given.image ?? 0), image: 0, class: "a", ...given };
}

describe("summarizeValues", () => {
  const values = [
    scored({ image: 0, class: "a", value: 1 }),
    scored({ image: 1, class: "a", value: 0 }),
    scored({ image: 2, class: "a", value: 0 }),
    scored({ image: 3, class: "b", value: 1 }),
    scored({ image: 0, class: "a", value: 1 }),
  ];

  it("is the mean over the queries of all splits", () => {
    expect(summarizeValues({ values, over: "images", seed: 1 })).toMatchObject({
      mean: 3 / 5,
      images: 4,
      clusters: 4,
    });
  });

  it("is the mean of the means of each class of queries", () => {
    expect(summarizeValues({ values, over: "classes", seed: 1 })?.mean).toBeCloseTo((2 / 4 + 1) / 2, 12);
  });

  it("keeps each class in every resample, so that a rare and hard one does not widen the interval upward", () => {
    const easy = Array.from({ length: 60 }, (_, image) => scored({ image, value: 1 }));
    const hard = scored({ image: 60, class: "b", value: 0 });
    expect(summarizeValues({ values: [...easy, hard], over: "classes", seed: 1 })).toMatchObject({
      mean: 0.5,
      interval: [0.5, 0.5],
    });
  });

  it("says nothing of no values, and leaves queries without a class out of the classes", () => {
    expect(summarizeValues({ values: [], over: "images", seed: 1 })).toBeUndefined();
    const unknown = scored({ class: undefined, value: 1 });
    expect(summarizeValues({ values: [unknown], over: "classes", seed: 1 })).toBeUndefined();
    expect(summarizeValues({ values: [unknown, scored({ value: 0 })], over: "classes", seed: 1 })?.mean).toBe(
      0,
    );
  });

  it("gives no interval for a single group", () => {
    expect(summarizeValues({ values: [scored({ value: 1 })], over: "images", seed: 1 })).toEqual({
      mean: 1,
      interval: null,
      images: 1,
      clusters: 1,
    });
  });

  it("does not depend on the order of the queries", () => {
    const summary = summarizeValues({ values, over: "classes", seed: 1 });
    const reversed = summarizeValues({ values: values.toReversed(), over: "classes", seed: 1 });
    expect(reversed).toEqual(summary);
  });

  it("is no narrower for asking about the same patients in more splits", () => {
    const random = createRandom(3);
    const once = Array.from({ length: 60 }, (_, image) => scored({ image, value: random() < 0.7 ? 1 : 0 }));
    const often = Array.from({ length: 10 }, () => once).flat();
    const width = (given: readonly ScoredQuery[]) => {
      const { interval } = summarizeValues({ values: given, over: "images", seed: 1 }) ?? {};
      return interval ? interval[1] - interval[0] : Number.NaN;
    };
    expect(width(often)).toBeCloseTo(width(once), 9);
  });

  it("holds the true accuracy about as often as it says, with patients of several images in several splits", () => {
    const random = createRandom(11);
    const trials = 100;
    let held = 0;
    for (let trial = 0; trial < trials; trial++) {
      const given: ScoredQuery[] = [];
      for (let patient = 0; patient < 60; patient++) {
        const ease = random();
        for (let image = 0; image < 3; image++) {
          const value = random() < ease ? 1 : 0;
          for (let split = 0; split < 4; split++) {
            if (random() < 0.5)
              given.push({ cluster: `p${patient}`, image: patient * 3 + image, class: "a", value });
          }
        }
      }
      const { interval } = summarizeValues({ values: given, over: "images", seed: trial }) ?? {};
      if (interval && interval[0] <= 0.5 && interval[1] >= 0.5) held++;
    }
    // 95 of 100, with a standard deviation of 2.2.
    expect(held).toBeGreaterThanOrEqual(87);
  });

  it("holds the true balanced accuracy about as often as it says, with a class of few patients", () => {
    const random = createRandom(4);
    const recalls = { common: 0.8, rare: 0.4 };
    const trials = 100;
    let held = 0;
    for (let trial = 0; trial < trials; trial++) {
      const given = Array.from({ length: 60 }, (_, image) => {
        const name = image < 15 ? "rare" : "common";
        return scored({ image, class: name, value: random() < recalls[name] ? 1 : 0 });
      });
      const { interval } = summarizeValues({ values: given, over: "classes", seed: trial }) ?? {};
      if (interval && interval[0] <= 0.6 && interval[1] >= 0.6) held++;
    }
    expect(held).toBeGreaterThanOrEqual(87);
  });
});
