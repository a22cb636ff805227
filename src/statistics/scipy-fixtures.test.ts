import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { brierScore } from "./brier-score.ts";
import { detectableDifference } from "./detectable-difference.ts";
import { holm } from "./holm.ts";
import { kappa } from "./kappa.ts";
import { mcNemar } from "./mc-nemar.ts";
import { normalTail } from "./normal-tail.ts";
import { permutationTest } from "./permutation-test.ts";
import { createRandom } from "./random.ts";
import { reliabilityCurve } from "./reliability-curve.ts";
import { studentQuantile, studentTail } from "./student.ts";

type Fixtures = {
  studentQuantile: { p: number; degrees: number; value: number }[];
  normalTail: { x: number; value: number }[];
  mcNemar: { gained: number; lost: number; value: number }[];
  holm: { pValues: number[]; value: number[] }[];
  brier: {
    confidence: number[];
    correct: boolean[];
    value: number;
    curve?: { share: number[]; mean: number[] };
  }[];
  kappa: { first: number[]; second: number[]; value: number }[];
};
const file = new URL("../../test/fixtures/statistics/fixtures.json", import.meta.url);
const fixtures = JSON.parse(readFileSync(file, "utf8")) as Fixtures;

const isNear = (value: number, expected: number, relative = 1e-9) =>
  Math.abs(value - expected) <= relative * Math.abs(expected) + 1e-15;

describe("statistics equal those of SciPy, statsmodels and scikit-learn", () => {
  it.each(fixtures.studentQuantile)("Student's t: quantile $p at $degrees degrees of freedom", (fixture) => {
    const { p, degrees, value } = fixture;
    expect(studentQuantile(p, degrees)).toSatisfy((t: number) => isNear(t, value, 1e-8));
    expect(studentTail(value, degrees)).toSatisfy((tail: number) => isNear(tail, 1 - p, 1e-6));
  });

  it.each(fixtures.normalTail)("normal distribution above $x", ({ x, value }) => {
    expect(normalTail(x)).toSatisfy((tail: number) => isNear(tail, value, 1e-9));
  });

  it.each(fixtures.mcNemar)("McNemar: $gained gained, $lost lost", ({ gained, lost, value }) => {
    expect(mcNemar({ gained, lost }).pValue).toSatisfy((p: number) => isNear(p, value, 1e-7));
  });

  it.each(fixtures.holm)("Holm: $pValues", ({ pValues, value }) => {
    for (const [index, adjusted] of holm(pValues).entries()) expect(adjusted).toBeCloseTo(value[index]!, 12);
  });

  it.each(fixtures.brier)(
    "Brier's score, and the curve of reliability",
    ({ confidence, correct, value, curve }) => {
      const answers = confidence.map((one, index) => ({ confidence: one, correct: correct[index]! }));
      expect(brierScore(answers)).toBeCloseTo(value, 12);
      if (!curve) return;
      const bins = reliabilityCurve(answers, 5);
      expect(bins.map(({ share }) => share)).toEqual(curve.share.map((share) => expect.closeTo(share, 12)));
      expect(bins.map((bin) => bin.confidence)).toEqual(curve.mean.map((mean) => expect.closeTo(mean, 12)));
      expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(answers.length);
    },
  );

  it.each(fixtures.kappa)("Cohen's kappa", ({ first, second, value }) => {
    expect(kappa(first.map(String), second.map(String))).toBeCloseTo(value, 12);
  });
});

describe("Cohen's kappa", () => {
  it.each([1, 3, 10, 49])("is not a number where both said the same one thing %i times", (times) => {
    const same = Array.from({ length: times }, () => "yes");
    expect(kappa(same, same)).toBeNaN();
    expect(kappa([], [])).toBeNaN();
    expect(kappa([...same, "no"], [...same, "no"])).toBe(1);
    expect(kappa([...same, "no"], [...same, "yes"])).toBe(0);
  });
});

describe("a paired comparison", () => {
  it("has no McNemar p of 0, and refuses what is no count", () => {
    expect(mcNemar({ gained: 400, lost: 0 }).pValue).toBeGreaterThan(0);
    expect(() => mcNemar({ gained: -1, lost: 0 })).toThrow(RangeError);
    expect(() => mcNemar({ gained: 0.5, lost: 0 })).toThrow(RangeError);
  });

  it("finds the difference that it is said to find in four of five tries", () => {
    const random = createRandom(11);
    const samples = 300;
    const discordance = 0.3;
    const difference = detectableDifference({ samples, discordance });
    const tries = 400;
    let found = 0;
    for (let one = 0; one < tries; one++) {
      let gained = 0;
      let lost = 0;
      for (let sample = 0; sample < samples; sample++) {
        const draw = random();
        if (draw < (discordance + difference) / 2) gained++;
        else if (draw < discordance) lost++;
      }
      if (mcNemar({ gained, lost }).pValue < 0.05) found++;
    }
    expect(found / tries).toBeGreaterThan(0.7);
    expect(found / tries).toBeLessThan(0.87);
  });

  it("needs four times the samples for half the difference, and more where they come in clusters", () => {
    const few = detectableDifference({ samples: 1_000, share: 0.5 });
    expect(detectableDifference({ samples: 4_000, share: 0.5 })).toBeCloseTo(few / 2, 12);
    expect(detectableDifference({ samples: 1_000, share: 0.5, designEffect: 4 })).toBeCloseTo(2 * few, 12);
    expect(detectableDifference({ samples: 0, share: 0.5 })).toBe(Infinity);
    expect(detectableDifference({ samples: 1, discordance: 0.2 })).toBe(Infinity);
  });

  it("of clusters is shown by mistake about as often as its level says, where McNemar's test is far too sure", () => {
    const random = createRandom(3);
    const tries = 300;
    const shown = { clusters: 0, samples: 0 };
    for (let one = 0; one < tries; one++) {
      let gained = 0;
      let lost = 0;
      // All samples of a patient go the same way.
      const sums = Array.from({ length: 30 }, () => {
        const size = Math.floor(random() * 6);
        const sum = random() < 0.5 ? size : -size;
        if (sum > 0) gained += sum;
        else lost -= sum;
        return sum;
      });
      if (permutationTest({ differences: sums, random, resamples: 500 }).pValue < 0.05) shown.clusters++;
      if (mcNemar({ gained, lost }).pValue < 0.05) shown.samples++;
    }
    expect(shown.clusters / tries).toBeLessThan(0.08);
    expect(shown.samples / tries).toBeGreaterThan(0.15);
  });
});
