import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EvaluatedCase, groupOf } from "./evaluated-case.ts";
import { checkSplit, splitCases } from "./split-cases.ts";

function made(id: string, given: Partial<EvaluatedCase> = {}): EvaluatedCase {
  return { id, labels: [], class: undefined, patient: "", slide: "", ...given };
}

const patients = (count: number, classOf: (patient: number) => string) =>
  Array.from({ length: 2 * count }, (_, index) => {
    const patient = Math.floor(index / 2);
    return made(`c${index}`, { patient: `p${patient}`, class: classOf(patient) });
  });

const groupsOf = (cases: readonly EvaluatedCase[]) => cases.map((found) => groupOf(found, "default"));

const split = (cases: readonly EvaluatedCase[], seed = 1, count = 20) =>
  splitCases({ cases, groups: groupsOf(cases), count, seed });

describe("groupOf", () => {
  const both = made("c", { patient: "p", slide: "s" });
  const slideAlone = made("c", { slide: "s" });
  it.each([
    { found: both, grouping: "default", group: "patient p" },
    { found: both, grouping: "slide", group: "slide s" },
    { found: both, grouping: "id", group: "id c" },
    { found: slideAlone, grouping: "default", group: "slide s" },
    { found: slideAlone, grouping: "patient", group: "id c" },
    { found: made("c"), grouping: "default", group: "id c" },
  ] as const)("is $group by $grouping", ({ found, grouping, group }) => {
    expect(groupOf(found, grouping)).toBe(group);
  });
});

describe("splitCases", () => {
  it("asks about a quarter of the groups of each class, and never about part of a group", () => {
    const cases = patients(80, (patient) => (patient % 4 === 0 ? "rare" : "common"));
    for (const { queries, library } of split(cases)) {
      expect([...queries, ...library].sort((a, b) => a - b)).toEqual([...cases.keys()]);
      const ofClass = (name: string) => queries.filter((position) => cases[position]?.class === name).length;
      expect([ofClass("rare"), ofClass("common")]).toEqual([10, 30]);
      checkSplit({ queries, library }, cases);
    }
  });

  it("gives other splits each time, and the first of them whatever their number", () => {
    const cases = patients(30, () => "one");
    const splits = split(cases);
    expect(new Set(splits.map(({ queries }) => queries.join())).size).toBe(20);
    expect(split(cases, 1, 3)).toEqual(splits.slice(0, 3));
    expect(split(cases, 2)).not.toEqual(splits);
  });

  it("asks about each group once in four splits", () => {
    const cases = patients(30, (patient) => `class ${patient % 3}`);
    const asked = split(cases, 1, 4).flatMap(({ queries }) => queries);
    expect(asked.sort((a, b) => a - b)).toEqual([...cases.keys()]);
  });

  it("does not depend on the order of the cases", () => {
    const cases = patients(25, (patient) => `class ${patient % 3}`);
    const asked = (given: readonly EvaluatedCase[]) =>
      split(given).map(({ queries }) => queries.map((position) => given[position]?.id).sort());
    fc.assert(
      fc.property(fc.shuffledSubarray(cases, { minLength: cases.length }), (shuffled) => {
        expect(asked(shuffled)).toEqual(asked(cases));
      }),
      { numRuns: 20 },
    );
  });

  it("leaves neither side empty from four groups on, and refuses fewer", () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 40 }), fc.integer({ min: 1, max: 6 }), (count, classes) => {
        for (const { queries, library } of split(
          patients(count, (patient) => `c${patient % classes}`),
          3,
          2,
        )) {
          expect(queries.length).toBeGreaterThan(0);
          expect(library.length).toBeGreaterThan(queries.length);
        }
      }),
    );
    expect(() => split(patients(3, () => "one"))).toThrow(expect.objectContaining({ code: "cases-too-few" }));
  });

  it("takes one group of many images for one group", () => {
    const cases = [
      ...Array.from({ length: 50 }, (_, index) => made(`big${index}`, { slide: "s" })),
      ...Array.from({ length: 7 }, (_, index) => made(`small${index}`)),
    ];
    for (const { queries } of split(cases)) {
      expect(new Set(queries.map((position) => groupsOf(cases)[position])).size).toBe(2);
    }
  });
});

describe("checkSplit", () => {
  it.each([
    { field: "patient", facts: { patients: 1, slides: 0 } },
    { field: "slide", facts: { patients: 0, slides: 1 } },
  ])("stops where a $field stands on both sides", ({ field, facts }) => {
    const cases = [made("a", { [field]: "x" }), made("b", { [field]: "x" }), made("c")];
    expect(() => checkSplit({ queries: [0], library: [1, 2] }, cases)).toThrow(
      expect.objectContaining({ code: "split-leaking", facts }),
    );
    checkSplit({ queries: [0, 1], library: [2] }, cases);
  });

  it("takes unknown patients and slides for different ones", () => {
    checkSplit({ queries: [0], library: [1] }, [made("a"), made("b")]);
  });
});
