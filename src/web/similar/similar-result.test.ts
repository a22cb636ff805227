import { describe, expect, it } from "vitest";
import type { CaseHit, SearchResult } from "#contracts";
import { groupsOf, neighborsOf, shownCases } from "./similar-result.ts";

const hit = (id: string, score = 0.9): CaseHit => ({
  case: {
    id,
    corpus: "c",
    image: `${id}.png`,
    width: 8,
    height: 8,
    labels: [],
    text: "",
    notes: [],
    metadata: {},
  },
  score,
});

const result: SearchResult = {
  passages: [],
  cases: [hit("a"), hit("b")],
  byLabel: [
    { label: "Edema", cases: [hit("b", 0.5)] },
    { label: "Mass", cases: [] },
    { label: "Nodule", cases: [hit("a", 0.8)] },
  ],
  samePatient: [hit("p"), hit("a")],
  searched: { passages: 0, cases: 9 },
};

describe("the cases of a search", () => {
  it("are one group, or the best of each label that has any, the most similar label first", () => {
    expect(groupsOf(result, { onePerLabel: false })).toEqual([{ label: null, hits: result.cases }]);
    expect(groupsOf(result, { onePerLabel: true }).map(({ label }) => label)).toEqual(["Nodule", "Edema"]);
    expect(groupsOf({ ...result, cases: [] }, { onePerLabel: false })).toEqual([]);
  });

  it("are gone through in the order in which they are shown, the same patient's last, each once", () => {
    const hits = shownCases(result, { onePerLabel: false });
    expect(hits.map((one) => one.case.id)).toEqual(["a", "b", "p"]);
    expect(neighborsOf(hits, "b")).toEqual({ before: "a", after: "p" });
    expect(neighborsOf(hits, "p").after).toBeUndefined();
    expect(neighborsOf(hits, "elsewhere")).toEqual({ before: undefined, after: "a" });
  });
});
