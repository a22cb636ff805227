import { describe, expect, it } from "vitest";
import type { Sample } from "../samples/sample.ts";
import { estimateArm } from "./estimate-arm.ts";
import { sayPower } from "./say-power.ts";
import { suiteSchema } from "./suite-schema.ts";

const options = [
  { label: "A", text: "yes" },
  { label: "B", text: "no" },
];
const image = { name: "a", sha256: "0", read: async () => new Uint8Array() };
const sample: Sample = {
  ...{
    id: "a",
    sourceId: "a",
    question: "Is it?",
    options,
    images: [image],
    gold: { type: "option", label: "A" },
  },
  ...{ patient: "", slide: "", group: "a", tags: {} },
};
const suite = (change: Record<string, unknown> = {}) =>
  suiteSchema.parse({
    name: "a",
    dataSets: [{ path: "a" }],
    models: [{ model: "m", prices: { inputPerMillion: 2, outputPerMillion: 10 } }, { policy: "reader" }],
    conditions: [{ type: "zero-shot" }, { type: "few-shot", perClass: 2 }, { type: "round", library: "lib" }],
    repeats: 3,
    limits: { tokens: 100 },
    ...change,
  });

function estimate(condition: number, { pixels = 784 * 100, model = 0, change = {} } = {}) {
  const given = suite(change);
  return estimateArm({
    ...{ suite: given, samples: [sample, sample], pixels },
    model: given.models[model]!,
    condition: given.conditions[condition]!,
  });
}

describe("what an arm is reckoned to cost", () => {
  it("counts each repeat, its images by their pixels, and at the most all tokens that may be written", () => {
    const zeroShot = estimate(0);
    expect(zeroShot).toMatchObject({ tasks: 6, images: 6, outputTokens: 600 });
    expect(zeroShot.inputTokens).toBeGreaterThan(6 * 130);
    expect(zeroShot.inputTokens).toBeLessThan(6 * 140);
    const least = zeroShot.inputTokens * 2;
    expect(zeroShot.costMicrodollars).toEqual({ least, most: least + 6_000 });
  });

  it("counts the images of examples, two of each of two classes", () => {
    expect(estimate(1)).toMatchObject({ tasks: 6, images: 6 * 5 });
  });

  it("counts pixels that the suite takes away no more", () => {
    const small = estimate(0, { change: { images: { pixels: 784 } } });
    expect(estimate(0).inputTokens - small.inputTokens).toBe(6 * 99);
  });

  it("of rounds tells the least alone, and of the reader nothing", () => {
    expect(estimate(2).costMicrodollars).toMatchObject({ most: null });
    expect(estimate(2, { model: 1 })).toMatchObject({ tasks: 6, inputTokens: 0, costMicrodollars: null });
  });
});

describe("what a suite can show", () => {
  it("is said in points, with what it rests on", () => {
    expect(sayPower({ samples: 1_000, groups: 1_000 })).toBe(
      "1000 samples in 1000 groups can show a difference of 4.4 points between two arms (one arm alone being right on 25 % of them, at 5 % and a power of 80 %).",
    );
  });

  it("is less with fewer groups of the same samples", () => {
    const points = (groups: number) =>
      Number(/of ([\d.]+) points/.exec(sayPower({ samples: 1_000, groups }))?.[1]);
    expect(points(100)).toBeGreaterThan(points(1_000));
  });

  it("is nothing with too few samples", () => {
    expect(sayPower({ samples: 5, groups: 5 })).toMatch(/too few to show a difference/);
  });
});
