import { describe, expect, it } from "vitest";
import type { CaseFacet } from "./case-entry.ts";
import { createCaseFilterIndex, subsetOf } from "./case-filter.ts";

const filters = createCaseFilterIndex();
const put = (facets: Partial<Record<CaseFacet, string>>, labels: string[], corpus = "x") =>
  filters.add({ corpus, labels, facets: { kind: "", modality: "", view: "", organ: "", ...facets } });
put({ modality: "cr", view: "pa" }, ["Mass", "Lung  opacity"]);
put({ modality: "cr", view: "ap" }, ["mass"]);
put({ modality: "mr" }, ["No finding"], "y");
put({ modality: "cr", view: "lateral" }, []);
const select = (filter: Parameters<typeof filters.select>[0]) => {
  const { mask, unknownValues } = filters.select(filter);
  return { positions: [...subsetOf(mask).positions], mask: [...mask], unknownValues };
};

describe("the filter of cases", () => {
  it("lets all pass that asks for nothing", () => {
    expect(select({}).positions).toEqual([0, 1, 2, 3]);
    expect(select({ labels: [], facets: { view: [] }, corpora: [], withoutLabels: [] }).mask).toEqual([
      1, 1, 1, 1,
    ]);
  });

  it.each([
    ["takes values of one field as alternatives", { facets: { view: ["pa", "lateral"] } }, [0, 3]],
    [
      "narrows by each further field",
      { facets: { modality: ["cr"], view: ["ap", "pa"] }, labels: ["mass"] },
      [0, 1],
    ],
    [
      "leaves a case out that has passed only a later field",
      { facets: { view: ["pa"] }, labels: ["mass"] },
      [0],
    ],
    ["takes out what has a label", { facets: { modality: ["cr"] }, withoutLabels: ["Mass"] }, [3]],
    ["knows corpora", { corpora: ["y"] }, [2]],
    ["heeds neither case nor repeated space", { labels: [" LUNG opacity "], corpora: ["X"] }, [0]],
  ])("%s", (_, filter, positions) => {
    const found = select(filter);
    expect(found.positions).toEqual(positions);
    expect(found.mask).toEqual([0, 1, 2, 3].map((position) => (positions.includes(position) ? 1 : 0)));
    expect(found.unknownValues).toEqual([]);
  });

  it("names the values that no case has, and finds nothing where there is no other", () => {
    expect(select({ facets: { view: ["pa", "oblique"] } })).toMatchObject({
      ...{ positions: [0], unknownValues: [{ field: "view", value: "oblique" }] },
    });
    expect(select({ labels: ["Hernia"] })).toMatchObject({
      ...{ positions: [], unknownValues: [{ field: "label", value: "Hernia" }] },
    });
    expect(select({ withoutLabels: ["Hernia"] })).toMatchObject({
      ...{ positions: [0, 1, 2, 3], unknownValues: [{ field: "label", value: "Hernia" }] },
    });
    expect(select({ facets: { view: [""] } }).positions).toEqual([]);
  });

  it("tells what can be filtered by, as first written, with the number of cases", () => {
    expect(filters.values()).toEqual({
      kind: [],
      modality: [
        { value: "cr", cases: 3 },
        { value: "mr", cases: 1 },
      ],
      view: [
        { value: "ap", cases: 1 },
        { value: "lateral", cases: 1 },
        { value: "pa", cases: 1 },
      ],
      organ: [],
      label: [
        { value: "Lung  opacity", cases: 1 },
        { value: "Mass", cases: 2 },
        { value: "No finding", cases: 1 },
      ],
      corpus: [
        { value: "x", cases: 3 },
        { value: "y", cases: 1 },
      ],
    });
  });

  it("narrows some cases to those with a label, and names the labels that they have", () => {
    const some = subsetOf(Uint8Array.of(0, 1, 1, 1));
    expect([...filters.withLabel(some, "MASS").positions]).toEqual([1]);
    expect([...filters.withLabel(some, "Hernia").positions]).toEqual([]);
    expect(filters.labelsOf(some.mask)).toEqual(["Mass", "No finding"]);
  });
});
