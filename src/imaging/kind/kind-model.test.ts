import { describe, expect, it } from "vitest";
import { distanceFrom, judge, type KindModel } from "./kind-model.ts";
import { verdictAmong, verdictByPicture } from "./kind-verdict.ts";

const cloud = (center: number) => ({
  mean: [center, 0],
  axes: [{ direction: [1, 0], variance: 1 }],
  residual: 0.25,
  reach: 4,
});

/** Two measures: the first tells the two kinds apart, the second is small in both. */
const model: KindModel = {
  version: 1,
  provenance: "made up",
  features: ["first", "second"],
  means: [0, 0],
  scales: [1, 1],
  kinds: [
    { name: "chest-frontal", claimed: true, weights: [2, 0, 0], cloud: cloud(2) },
    { name: "chest-lateral", claimed: false, weights: [-2, 0, 0], cloud: cloud(-2) },
    { name: "other", claimed: true, weights: [0, 0, 0], cloud: null },
  ],
};

describe("the distance from a cloud", () => {
  it("counts along an axis in its variance, and beside it in the residual one", () => {
    expect(distanceFrom(cloud(2), Float64Array.of(2, 0))).toBe(0);
    expect(distanceFrom(cloud(2), Float64Array.of(4, 0))).toBe(2);
    expect(distanceFrom(cloud(2), Float64Array.of(2, 1))).toBe(2);
  });
});

describe("a picture", () => {
  it("is of the kind whose cloud it lies in", () => {
    expect(verdictByPicture(model, [2, 0])).toMatchObject({ name: "chest-frontal" });
    expect(verdictByPicture(model, [2, 0]).probability).toBeGreaterThan(0.9);
  });

  it("is of no kind where it lies far from the kind that its measures speak for", () => {
    const verdict = verdictByPicture(model, [2, 4]);
    expect(verdict.name).toBe("other");
    expect(verdict.probability).toBeGreaterThan(0.9);
  });

  it("is called other where it seems to be of a kind that is not claimed, whose probability is still told", () => {
    const verdict = verdictByPicture(model, [-2, 0]);
    expect(verdict.name).toBe("other");
    expect(verdict.probabilities["chest-lateral"]).toBeGreaterThan(0.9);
    expect(verdict.probability).toBeGreaterThan(0.9);
  });

  it("is of a kind that its file allows, whatever the picture says", () => {
    const measures = () => [2, 0];
    expect(verdictAmong(["cross-section"], measures, model)).toMatchObject({
      name: "cross-section",
      probability: 1,
    });
    const seen = verdictAmong(["chest-lateral", "radiograph"], measures, model);
    expect(["chest-lateral", "radiograph"]).toContain(seen.name);
    expect(seen.probabilities["chest-frontal"]).toBe(0);
  });

  it("has probabilities that add up to 1", () => {
    for (const measures of [
      [0, 0],
      [2, 1],
      [-9, 9],
      [1e6, -1e6],
    ]) {
      const sum = [...judge(model, measures).values()].reduce((total, share) => total + share, 0);
      expect(sum).toBeCloseTo(1, 9);
    }
  });
});
