import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { builtInDescriptor } from "../descriptor/index.ts";
import { parseFit, serializeFit } from "./fit-file.ts";
import { type FitCase, fitSimilarity } from "./fit-similarity.ts";

const width = builtInDescriptor.dimension;

/** The same numbers at each run, from −1 to 1. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

/**
 * Cases of two labels that differ a little in one number, beside numbers that vary much more and have nothing to do with the label, as
 * stains have.
 */
function madeCases(count: number, options: { labels?: boolean; seed?: number } = {}): FitCase[] {
  const random = numbers(options.seed ?? 7);
  return Array.from({ length: count }, (_, index) => {
    const descriptor = new Float32Array(width);
    for (let at = 0; at < 40; at++) descriptor[at] = random() * (at < 5 ? 3 : 0.4);
    descriptor[20] = (index % 2 === 0 ? 0.6 : -0.6) + 0.4 * random();
    const labels = options.labels === false ? [] : [index % 2 === 0 ? "a" : "b"];
    return { descriptor, encoded: [], labels };
  });
}

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, at) => sum + value * b[at]!, 0);
const cosine = (a: Float32Array, b: Float32Array) => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));

/** Share of cases whose most similar other case has their label. */
function nearestAgree(cases: readonly FitCase[], place: (one: FitCase) => Float32Array): number {
  const vectors = cases.map(place);
  const agree = cases.filter((one, index) => {
    const scores = vectors.map((vector, at) => (at === index ? -2 : cosine(vector, vectors[index]!)));
    return cases[scores.indexOf(Math.max(...scores))]!.labels[0] === one.labels[0];
  });
  return agree.length / cases.length;
}

describe("a fit of a library", () => {
  const cases = madeCases(120);
  const fit = fitSimilarity({ cases, encoders: [] });

  it("brings cases of one label together that were not seen and that other differences kept apart", () => {
    const unseen = madeCases(80, { seed: 99 });
    expect(nearestAgree(unseen, ({ descriptor }) => descriptor)).toBeLessThan(0.7);
    expect(nearestAgree(unseen, fit.project)).toBeGreaterThan(0.9);
  });

  it("gives vectors of unit length and 128 numbers", () => {
    expect(fit.dimension).toBe(128);
    for (const one of cases.slice(0, 10)) {
      const vector = fit.project(one);
      expect(vector).toHaveLength(128);
      expect(dot(vector, vector)).toBeCloseTo(1, 5);
    }
  });

  it("is the same for the same cases, and another for others", () => {
    const again = fitSimilarity({ cases: madeCases(120), encoders: [] });
    expect(again.version).toBe(fit.version);
    expect(again.project(cases[3]!)).toEqual(fit.project(cases[3]!));
    expect(fitSimilarity({ cases: madeCases(121), encoders: [] }).version).not.toBe(fit.version);
  });

  it("survives its text bit for bit", () => {
    const read = parseFit(serializeFit(fit));
    expect(serializeFit(read) === serializeFit(fit)).toBe(true);
    expect(read.version).toBe(fit.version);
    expect(read.project(cases[5]!)).toEqual(fit.project(cases[5]!));
  });

  it("works without labels, with several a case, with labels that all have, and with one label a case", () => {
    const labelings = [
      () => [],
      (index: number) => (index % 3 === 0 ? ["a", "b"] : ["b", "c"]),
      () => ["all"],
      (index: number) => [`own ${index}`],
      (index: number) => [index % 2 === 0 ? "a" : "b", "b", "b"],
    ];
    for (const labelsOf of labelings) {
      const made = fitSimilarity({
        cases: cases.map((one, index) => ({ ...one, labels: labelsOf(index) })),
        encoders: [],
      });
      const vector = made.project(cases[0]!);
      expect(vector.every(Number.isFinite)).toBe(true);
      expect(dot(vector, vector)).toBeCloseTo(1, 5);
    }
  });

  it("leaves the descriptor as it is where there are too few cases, one or none, or all are the same", () => {
    const [first] = cases as [FitCase];
    const same = Array.from({ length: 50 }, () => first);
    for (const few of [[], [first], cases.slice(0, 19), same]) {
      const made = fitSimilarity({ cases: few, encoders: [] });
      expect(made.dimension).toBe(width);
      expect(cosine(made.project(first), first.descriptor)).toBeCloseTo(1, 5);
      expect(parseFit(serializeFit(made)).version).toBe(made.version);
    }
  });

  it("can be fitted on cases each of which is there twice", () => {
    const made = fitSimilarity({ cases: [...cases, ...cases], encoders: [] });
    expect(nearestAgree(madeCases(60, { seed: 5 }), made.project)).toBeGreaterThan(0.9);
  });

  it("gives finite vectors for any cases", () => {
    const numberArbitrary = fc.float({ min: -1, max: 1, noNaN: true });
    const caseArbitrary = fc.record({
      values: fc.array(numberArbitrary, { minLength: 3, maxLength: 8 }),
      labels: fc.subarray(["a", "b", "c"]),
    });
    fc.assert(
      fc.property(fc.array(caseArbitrary, { minLength: 18, maxLength: 40 }), (drawn) => {
        const made = drawn.map(({ values, labels }): FitCase => {
          const descriptor = new Float32Array(width);
          descriptor.set(values);
          return { descriptor, encoded: [], labels };
        });
        const arbitrary = fitSimilarity({ cases: made, encoders: [] });
        for (const one of made) expect(arbitrary.project(one).every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

describe("image encoders in a fit", () => {
  const encoders = [
    { id: "one", fingerprint: "f1", dimension: 6 },
    { id: "two", fingerprint: "f2", dimension: 10 },
  ];
  const random = numbers(3);
  const cases = madeCases(60).map((one, index): FitCase => {
    const encoded = encoders.map(({ dimension }) => Float32Array.from({ length: dimension }, random));
    encoded[0]![2]! += index % 2;
    return { ...one, encoded };
  });
  const fit = fitSimilarity({ cases, encoders });

  it("get a third of the similarity together, and no more numbers than they have", () => {
    expect(fit.dimension).toBe(64 + 6 + 10);
    const vector = fit.project(cases[0]!);
    expect(dot(vector.subarray(0, 64), vector.subarray(0, 64))).toBeCloseTo(2 / 3, 4);
    expect(dot(vector.subarray(64, 70), vector.subarray(64, 70))).toBeCloseTo(1 / 6, 4);
  });

  it("do not count where they have not seen the image, nor does a descriptor of zeros", () => {
    const { descriptor, encoded } = cases[0]!;
    const without = fit.project({ descriptor, encoded: [undefined, undefined] });
    expect(without.subarray(64).every((value) => value === 0)).toBe(true);
    expect(dot(without, without)).toBeCloseTo(1, 5);
    const alone = fit.project({ descriptor: new Float32Array(width), encoded: [encoded[0], undefined] });
    expect(alone.subarray(0, 64).every((value) => value === 0)).toBe(true);
    expect(dot(alone, alone)).toBeCloseTo(1, 5);
  });

  it("are fitted on the cases that they have seen, and not at all on too few", () => {
    const seldom = cases.map((one, index) => ({
      ...one,
      encoded: [one.encoded[0], index < 10 ? one.encoded[1] : undefined],
    }));
    const made = fitSimilarity({ cases: seldom, encoders });
    expect(made.content.branches[0]?.map(({ cases: count, map }) => [count, map !== null])).toEqual([
      [60, true],
      [60, true],
      [10, false],
    ]);
  });
});

describe("a fit of gray and colored pictures", () => {
  const gray = madeCases(60);
  // What a gray picture leaves empty is at the end of its vector: the stains.
  const colored = madeCases(60, { seed: 5 }).map(
    (one): FitCase => ({
      ...one,
      descriptor: one.descriptor.map((value, at) => value + one.descriptor[width - 1 - at]!),
    }),
  );
  const fit = fitSimilarity({ cases: [...gray, ...colored], encoders: [] });
  const strongest = (one: FitCase, others: readonly FitCase[]) =>
    Math.max(...others.filter((other) => other !== one).map((o) => dot(fit.project(o), fit.project(one))));

  it("fits each apart and puts every picture nearer to those of its own", () => {
    expect(fit.content.branches.map((blocks) => blocks[0]?.cases)).toEqual([60, 60]);
    expect(fit.dimension).toBe(130);
    for (const one of gray.slice(0, 10)) {
      expect(strongest(one, gray)).toBeGreaterThan(strongest(one, colored));
      expect(strongest(one, colored)).toBeLessThanOrEqual(0.5);
      expect(dot(fit.project(one), fit.project(one))).toBeCloseTo(1, 5);
    }
  });

  it("makes of the gray ones what they would be alone", () => {
    const alone = fitSimilarity({ cases: gray, encoders: [] });
    const [one, other] = [gray[1]!, gray[4]!];
    const similarity = dot(alone.project(one), alone.project(other));
    expect(dot(fit.project(one), fit.project(other))).toBeCloseTo((1 + similarity) / 2, 5);
  });

  it("survives its text, and fits all together where there are few of one", () => {
    expect(parseFit(serializeFit(fit)).project(colored[3]!)).toEqual(fit.project(colored[3]!));
    const few = fitSimilarity({ cases: [...gray, ...colored.slice(0, 49)], encoders: [] });
    expect(few.content.branches.map((blocks) => blocks[0]?.cases)).toEqual([109]);
  });
});

describe("the text of a fit", () => {
  const text = serializeFit(fitSimilarity({ cases: madeCases(30), encoders: [] }));

  it.each([
    ["no JSON", "{"],
    ["another schema", text.replace('"schema":2', '"schema":1')],
    ["another descriptor", text.replace(/"descriptor":"./, '"descriptor":"x')],
    ["a map of another size", text.replace('"dimension":128', '"dimension":127')],
    [
      "an encoder without a block",
      text.replace('"encoders":[]', '"encoders":[{"id":"a","fingerprint":"b"}]'),
    ],
    ["no branches", text.replace(/"branches":.*/, '"branches":[]}')],
    ["a branch without blocks", text.replace(/"branches":.*/, '"branches":[[]]}')],
    ["a second branch of other dimensions", text.replace(/\]\]\}$/, "],[]]}")],
    ["numbers that are none", text.replace(/"mean":"......../, '"mean":"AADAfwAA')],
  ])("is refused if it holds %s", (_, damaged) => {
    expect(damaged === text).toBe(false);
    expect(() => parseFit(damaged)).toThrow(expect.objectContaining({ code: "library-unreadable" }));
  });
});
