import { describe, expect, it } from "vitest";
import { fingerprintLength } from "../fingerprint.ts";
import type { CaseEntry } from "./case-entry.ts";
import { createCaseIndex } from "./case-index.ts";
import type { ImageQuery } from "./case-query.ts";
import { at, caseAt, fitByHand, pictureOf, queryAt } from "./test-cases.ts";

const indexOf = (entries: readonly CaseEntry[]) =>
  createCaseIndex({ entries, fit: fitByHand(2), keepEncoded: true });
const ids = (hits: readonly { id: string }[]) => hits.map(({ id }) => id);
const images: ImageQuery[] = [queryAt({ vector: at(0) })];
const none = { sameImage: 0, nearIdentical: 0, samePatient: 0, sameSlide: 0 };

describe("the index of cases", () => {
  it("ranks by the cosine of the fit, and breaks ties by id", async () => {
    const index = await indexOf([
      caseAt("far", { vector: at(1) }),
      caseAt("b", { vector: at(0.1) }),
      caseAt("a", { vector: at(-0.1) }),
    ]);
    const found = index.search({ images, top: 10 });
    expect(ids(found.hits)).toEqual(["a", "b", "far"]);
    expect(found.hits[0]?.score).toBeCloseTo(Math.cos(0.1), 6);
    expect(found).toMatchObject({ searched: 3, excluded: none, samePatient: [], byLabel: [], shortOf: [] });
    expect(ids(index.search({ images, top: 1 }).hits)).toEqual(["a"]);
  });

  it("scores a case by the view that it is most like", async () => {
    const index = await indexOf([
      caseAt("like the first", { vector: at(0.05) }),
      caseAt("between", { vector: at(0.8) }),
      caseAt("like the second", { vector: at(1.51) }),
    ]);
    const views = [...images, queryAt({ vector: at(1.5), picture: "second" })];
    expect(ids(index.search({ images: views, top: 3 }).hits)).toEqual([
      "like the second",
      "like the first",
      "between",
    ]);
  });

  it("leaves out the image, its copies, its patient and its slide, each case counted once", async () => {
    const index = await indexOf([
      caseAt("itself", { vector: at(0), picture: "p1", patientId: "p" }),
      caseAt("copy", { vector: at(0), ...pictureOf("p1"), pixelHash: "resized" }),
      caseAt("same patient", { vector: at(0.1), patientId: "p", slideId: "s" }),
      caseAt("same study", { vector: at(0.1), studyId: "t" }),
      caseAt("same slide", { vector: at(0.2), slideId: "s" }),
      caseAt("other", { vector: at(0.3), patientId: "q", slideId: "u" }),
    ]);
    const query = queryAt({ vector: at(0), picture: "p1", slideId: "s", studyId: "t" });
    const found = index.search({ images: [query], top: 10, samePatient: 5 });
    expect(ids(found.hits)).toEqual(["other"]);
    expect(found.excluded).toEqual({ sameImage: 1, nearIdentical: 1, samePatient: 2, sameSlide: 1 });
    expect(ids(found.samePatient)).toEqual(["same patient", "same study"]);
    expect(found.searched).toBe(1);
  });

  it("never takes an unknown patient, study or slide for another unknown one", async () => {
    const index = await indexOf([caseAt("unknown too", { vector: at(0.1) })]);
    const query = queryAt({ vector: at(0), patientIds: ["", "unknown"], studyId: "", slideId: "" });
    expect(ids(index.search({ images: [query], top: 1 }).hits)).toEqual(["unknown too"]);
  });

  it("gives no more of the same patient than asked for, and none unless asked", async () => {
    const index = await indexOf(
      ["a", "b", "c"].map((id, n) => caseAt(id, { vector: at(n), patientId: "p" })),
    );
    const query = [queryAt({ vector: at(0), patientIds: ["p"] })];
    expect(ids(index.search({ images: query, top: 5, samePatient: 2 }).samePatient)).toEqual(["a", "b"]);
    expect(index.search({ images: query, top: 5 })).toMatchObject({ hits: [], samePatient: [] });
  });

  it("knows the image by the whole of it where a box in it is looked for", async () => {
    const index = await indexOf([caseAt("itself", { vector: at(0) }), caseAt("other", { vector: at(1) })]);
    const box = queryAt({ vector: at(0), picture: "box", whole: pictureOf("itself") });
    const found = index.search({ images: [box], top: 5 });
    expect(ids(found.hits)).toEqual(["other"]);
    expect(found.excluded.sameImage).toBe(1);
  });

  it("leaves out a case that is the very box, too, with its patient's others", async () => {
    const index = await indexOf([
      caseAt("cut out before", { vector: at(0), picture: "box", patientId: "p" }),
      caseAt("other of the patient", { vector: at(0.1), patientId: "p" }),
      caseAt("other", { vector: at(1) }),
    ]);
    const box = queryAt({ vector: at(0), picture: "box", pixelHash: "", whole: pictureOf("all of it") });
    const found = index.search({ images: [box], top: 5 });
    expect(ids(found.hits)).toEqual(["other"]);
    expect(found.excluded).toMatchObject({ nearIdentical: 1, samePatient: 1 });
  });

  it("counts what is left out among the cases that pass the filter", async () => {
    const index = await indexOf([
      caseAt("a", { vector: at(0), patientId: "p", corpus: "x" }),
      caseAt("b", { vector: at(0), patientId: "p", corpus: "y" }),
      caseAt("c", { vector: at(0), corpus: "y" }),
    ]);
    const query = [queryAt({ vector: at(0), patientIds: ["p"] })];
    const found = index.search({ images: query, top: 5, filter: { corpora: ["Y"] }, samePatient: 5 });
    expect(ids(found.hits)).toEqual(["c"]);
    expect(ids(found.samePatient)).toEqual(["b"]);
    expect(found.excluded.samePatient).toBe(1);
  });

  it("finds nothing where no case has what the filter names, and says what that is", async () => {
    const index = await indexOf([caseAt("a", { vector: at(0) })]);
    const filter = { facets: { view: ["lateral"] } };
    expect(index.search({ images, top: 5, filter })).toMatchObject({
      ...{ hits: [], searched: 0, unknownValues: [{ field: "view", value: "lateral" }] },
    });
  });

  it("gives the best of each label by name, and tells the labels that are short of cases", async () => {
    const index = await indexOf([
      caseAt("1", { vector: at(0.1), labels: ["Mass", "Nodule"] }),
      caseAt("2", { vector: at(0.2), labels: ["mass"] }),
      caseAt("3", { vector: at(0.3), labels: ["Mass"] }),
      caseAt("4", { vector: at(0.4), labels: ["Edema"], patientId: "p" }),
    ]);
    const query = [queryAt({ vector: at(0), patientIds: ["p"] })];
    const found = index.search({ images: query, top: 2, perLabel: 2 });
    expect(ids(found.hits)).toEqual(["1", "2"]);
    expect(found.byLabel.map(({ label, hits }) => [label, ids(hits)])).toEqual([
      ["Edema", []],
      ["Mass", ["1", "2"]],
      ["Nodule", ["1"]],
    ]);
    expect(found.shortOf).toEqual([
      { label: "Edema", found: 0 },
      { label: "Nodule", found: 1 },
    ]);
  });

  it("takes the labels in the order of the filter, with those that no case has", async () => {
    const index = await indexOf([
      caseAt("1", { vector: at(0.1), labels: ["Mass"] }),
      caseAt("2", { vector: at(0.2), labels: ["Nodule"] }),
      caseAt("3", { vector: at(0.3), labels: ["Edema"] }),
    ]);
    const filter = { labels: ["nodule", "Hernia", "Mass", " NODULE"] };
    const found = index.search({ images, top: 5, perLabel: 1, filter });
    expect(ids(found.hits)).toEqual(["1", "2"]);
    expect(found.byLabel.map(({ label, hits }) => [label, ids(hits)])).toEqual([
      [" NODULE", ["2"]],
      ["Hernia", []],
      ["Mass", ["1"]],
    ]);
    expect(found.shortOf).toEqual([{ label: "Hernia", found: 0 }]);
    expect(found.unknownValues).toEqual([{ field: "label", value: "Hernia" }]);
  });

  it("shows the best of cases of one source, and how many it stands for", async () => {
    const index = await indexOf([
      caseAt("first", { vector: at(0.1), patientId: "p" }),
      caseAt("same patient", { vector: at(0.2), patientId: "p" }),
      caseAt("tile 1", { vector: at(0.3), slideId: "s" }),
      caseAt("tile 2", { vector: at(0.4), slideId: "s" }),
      caseAt("tile 3", { vector: at(0.5), slideId: "s" }),
      caseAt("picture", { vector: at(0.6), studyId: "t" }),
      caseAt("same study", { vector: at(0.7), studyId: "t" }),
      caseAt("resized", { vector: at(0.8), ...pictureOf("picture"), pixelHash: "resized" }),
      caseAt("last", { vector: at(0.9), patientId: "s", slideId: "t", studyId: "p" }),
    ]);
    const found = index.search({ images, top: 5, diverse: true });
    expect(found.hits.map(({ id, alike }) => [id, alike])).toEqual([
      ["first", 1],
      ["tile 1", 2],
      ["picture", 2],
      ["last", 0],
    ]);
    expect(ids(index.search({ images, top: 2, diverse: true }).hits)).toEqual(["first", "tile 1"]);
    expect(index.search({ images, top: 2, diverse: false }).hits[0]).not.toHaveProperty("alike");
  });

  it("takes cases for alike from a cosine on where one is named, and flat pictures by nothing else", async () => {
    const flat = new Float32Array(fingerprintLength).fill(1, fingerprintLength - 1);
    const index = await indexOf([
      caseAt("a", { vector: at(0.1), fingerprint: flat }),
      caseAt("b", { vector: at(0.15), fingerprint: flat }),
      caseAt("c", { vector: at(0.6), fingerprint: flat }),
    ]);
    expect(ids(index.search({ images, top: 5, diverse: true }).hits)).toEqual(["a", "b", "c"]);
    expect(ids(index.search({ images, top: 5, diverse: 0.95 }).hits)).toEqual(["a", "c"]);
  });

  it("looks as far down as it takes to find cases that are not alike", async () => {
    const tiles = Array.from({ length: 200 }, (_, n) =>
      caseAt(`tile ${n}`, { vector: at(n / 1000), slideId: "s" }),
    );
    const index = await indexOf([...tiles, caseAt("other", { vector: at(2) })]);
    const found = index.search({ images, top: 2, diverse: true });
    expect(found.hits.map(({ id, alike }) => [id, alike])).toEqual([
      ["tile 0", 199],
      ["other", 0],
    ]);
  });

  it("tells how alike the pictures themselves are, beside the score of the fit", async () => {
    const index = await indexOf([caseAt("a", { vector: at(0) })]);
    const [first, second] = [pictureOf("q").descriptor, pictureOf("a").descriptor];
    const expected = first.reduce((sum, value, place) => sum + value * (second[place] ?? 0), 0);
    const [hit] = index.search({ images: [queryAt({ vector: at(0), picture: "q" })], top: 1 }).hits;
    expect(hit?.score).toBeCloseTo(1, 6);
    expect(Math.abs((hit?.likeness ?? 9) - expected)).toBeLessThan(0.005);
  });

  it("searches in the space of an encoder, among the cases that it has seen", async () => {
    const index = await indexOf([
      caseAt("seen", { vector: at(0), encoded: [at(0), at(2)] }),
      caseAt("not yet", { vector: at(0) }),
      caseAt("opposite", { vector: at(0), encoded: [at(0), at(2 - Math.PI)] }),
    ]);
    const found = index.searchByVector({ encoder: 1, vector: at(2), top: 5 });
    expect(found.hits.map(({ id, score }) => [id, Math.round(score)])).toEqual([
      ["seen", 1],
      ["opposite", -1],
    ]);
    expect(index.searchByVector({ encoder: 7, vector: at(2), top: 5 }).hits).toEqual([]);
  });

  it("refuses a search by vector where it did not keep the vectors", async () => {
    const index = await createCaseIndex({ entries: [caseAt("a", { vector: at(0) })], fit: fitByHand(2) });
    expect(() => index.searchByVector({ encoder: 0, vector: at(0), top: 1 })).toThrow(TypeError);
  });

  it.each([
    ["of another length", Float32Array.of(1)],
    ["that is not finite", Float32Array.of(1, Number.NaN)],
  ])("refuses a vector %s", async (_, vector) => {
    const invalid = expect.objectContaining({ code: "vector-invalid" });
    await expect(indexOf([caseAt("a", { vector })])).rejects.toThrow(invalid);
    const index = await indexOf([caseAt("a", { vector: at(0) })]);
    expect(() => index.search({ images: [queryAt({ vector })], top: 1 })).toThrow(invalid);
  });

  it("finds nothing among no cases", async () => {
    const index = await indexOf([]);
    expect(index.search({ images, top: 5, perLabel: 2, diverse: true, samePatient: 3 })).toEqual({
      ...{ hits: [], byLabel: [], shortOf: [], samePatient: [] },
      ...{ excluded: none, searched: 0, unknownValues: [] },
    });
  });

  it("reads entries that come one after the other, and stops where it is told to", async () => {
    const stop = new AbortController();
    async function* entries() {
      yield caseAt("a", { vector: at(0) });
      yield caseAt("b", { vector: at(1) });
    }
    const index = await createCaseIndex({ entries: entries(), fit: fitByHand(2), signal: stop.signal });
    expect([index.size, index.version, index.positionOf("b"), index.positionOf("c")]).toEqual([
      ...[2, "by hand", 1, undefined],
    ]);
    stop.abort(new Error("enough"));
    const stopped = createCaseIndex({ entries: entries(), fit: fitByHand(2), signal: stop.signal });
    await expect(stopped).rejects.toThrow("enough");
  });
});
