import { describe, expect, it } from "vitest";
import type { Case } from "#contracts";
import { createCaseIndex } from "./case-index.ts";
import { type CaseSearchRequest, searchCases } from "./case-search.ts";
import { at, caseAt, fitByHand, queryAt } from "./test-cases.ts";

const cases: Record<string, { angle: number; labels: string[]; text: number[]; patientId?: string }> = {
  a: { angle: 0.1, labels: ["Mass", "Edema"], text: [1.1] },
  b: { angle: 0.2, labels: ["mass"], text: [0.1] },
  c: { angle: 0.3, labels: ["Nodule"], text: [0.2], patientId: "p" },
  d: { angle: 0.4, labels: [], text: [] },
};
const index = await createCaseIndex({
  entries: Object.entries(cases).map(([id, { angle, labels, text, patientId = "" }]) =>
    caseAt(id, { vector: at(angle), labels, patientId, encoded: [at(angle), ...text.map(at)] }),
  ),
  fit: fitByHand(2),
  keepEncoded: true,
});
const record = (id: string): Case => ({
  ...{ id, corpus: "x", image: "", width: 1, height: 1, text: "", notes: [], metadata: {} },
  labels: (cases[id]?.labels ?? []).map((name) => ({ name, status: "present" })),
});
const asked: (readonly string[])[] = [];
const search = (request: Partial<CaseSearchRequest>) =>
  searchCases({
    index,
    top: 3,
    records: async (ids) => {
      asked.push(ids);
      return ids.map(record);
    },
    ...request,
  });
const ids = (hits: readonly { case: Case }[]) => hits.map((hit) => hit.case.id);
const images = [queryAt({ vector: at(0) })];
const terms = async (_: string, top: number) =>
  ["d", "b"].map((id, n) => ({ id, score: 5 - n })).slice(0, top);

describe("the search for cases", () => {
  it("by images alone gives cosines", async () => {
    const found = await search({ images });
    expect(ids(found.hits)).toEqual(["a", "b", "c"]);
    expect(found.hits[0]?.score).toBeCloseTo(Math.cos(0.1), 6);
    expect(found.hits[0]).toHaveProperty("likeness");
    expect(found.hits[0]).not.toHaveProperty("stages");
    expect(found.searched).toBe(4);
  });

  it("by terms alone gives their scores, of the cases that pass the filter", async () => {
    const found = await search({ text: "mass", terms });
    expect(found.hits.map((hit) => [hit.case.id, hit.score])).toEqual([
      ["d", 5],
      ["b", 4],
    ]);
    expect(found.hits[0]).not.toHaveProperty("likeness");
    expect(ids((await search({ text: "mass", terms, filter: { labels: ["mass"] } })).hits)).toEqual(["b"]);
  });

  it("by a text's vector alone gives its cosines", async () => {
    const found = await search({ textVectors: [{ encoder: 1, vector: at(0) }] });
    expect(ids(found.hits)).toEqual(["b", "c", "a"]);
    expect(found.hits[0]?.score).toBeCloseTo(Math.cos(0.1), 6);
  });

  it("by images and text fuses the ranks, and each hit tells its stages", async () => {
    const textVectors = [{ encoder: 1, vector: at(0) }];
    const found = await search({ images, text: "mass", terms, textVectors });
    expect(ids(found.hits)).toEqual(["b", "a", "d"]);
    expect(found.hits[0]?.score).toBeCloseTo(1 / 61 + 1 / 62 + 1 / 62, 12);
    expect(found.hits[0]?.stages?.map(({ stage, rank }) => [stage, rank])).toEqual([
      ["vector", 1],
      ["images", 2],
      ["terms", 2],
    ]);
    const byTerms = await search({ images, text: "mass", terms, textVectors, weights: { terms: 9 } });
    expect(ids(byTerms.hits).slice(0, 2)).toEqual(["b", "d"]);
  });

  it("keeps the images' patient out of every list, and in a list of its own", async () => {
    const query = [queryAt({ vector: at(0), patientIds: ["p"] })];
    const all = async () => ["c", "d"].map((id) => ({ id, score: 1 }));
    const found = await search({ images: query, text: "nodule", terms: all, samePatient: 2 });
    expect(ids(found.hits)).not.toContain("c");
    expect(ids(found.samePatient)).toEqual(["c"]);
    expect(found.excluded.samePatient).toBe(1);
  });

  it("asks the terms for more where what they find is not shown", async () => {
    const many = Array.from({ length: 1_000 }, (_, n) => ({ id: n === 900 ? "b" : `gone ${n}`, score: -n }));
    const tops: number[] = [];
    const deep = async (_: string, top: number) => {
      tops.push(top);
      return many.slice(0, top);
    };
    expect(ids((await search({ text: "mass", terms: deep })).hits)).toEqual(["b"]);
    expect(tops).toEqual([200, 800, 3200]);
  });

  it("names the labels that a hit shares with the question", async () => {
    const found = await search({ images, labels: ["EDEMA", "Nodule"] });
    expect(found.hits.map((hit) => hit.sharedLabels)).toEqual([["Edema"], [], ["Nodule"]]);
  });

  it("or else those that it shares with more than half of the hits", async () => {
    const found = await search({ images });
    expect(found.hits.map((hit) => hit.sharedLabels)).toEqual([["Mass"], ["mass"], []]);
    const one = await search({ images, top: 1 });
    expect(one.hits.map((hit) => hit.sharedLabels)).toEqual([[]]);
  });

  it("gives the best of each label with their records, each asked for once", async () => {
    asked.length = 0;
    const found = await search({ images, top: 2, perLabel: 1 });
    expect(found.byLabel.map(({ label, hits }) => [label, ids(hits)])).toEqual([
      ["Edema", ["a"]],
      ["Mass", ["a"]],
      ["Nodule", ["c"]],
    ]);
    expect(asked).toEqual([["a", "b", "c"]]);
  });

  it("leaves out what is gone since the index was built", async () => {
    const found = await search({ images, records: async () => [record("b")] });
    expect(ids(found.hits)).toEqual(["b"]);
  });

  it("is refused where nothing is asked for", async () => {
    const invalid = expect.objectContaining({ code: "usage-invalid" });
    await expect(search({})).rejects.toThrow(invalid);
    await expect(search({ text: "", terms })).rejects.toThrow(invalid);
  });
});
